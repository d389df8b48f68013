def go(session, User, frame):
    session.query(User).filter(User.active == True)
    frame = frame[frame.ready == True]
    condition = User.active == False
    if frame[frame.ready == True].empty:
        return condition

def find(session, User, table):
    session.query(User).filter(User.email == None).all()
    session.execute(table.select().where(table.c.email != None))
    condition = User.email == None
    return condition

def start(app):
    app.run(debug=True)

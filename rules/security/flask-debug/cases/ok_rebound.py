from runner import Runner

app = Runner()
app.run(debug=True)

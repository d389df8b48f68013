# expect: 2
import database

database.connect(
    user="admin",
    password="s3cr3!pw9",
)
database.connect(password="Qwertz99", user="admin")

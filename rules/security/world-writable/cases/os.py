import os

os.chmod("/srv/app", 0o777)
# output
import os

os.chmod("/srv/app", 0o755)

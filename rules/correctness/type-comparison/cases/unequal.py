def art(größe, andere):
    if type(größe) != int and (
        type(größe)
        == type(andere)
    ):
        return [type(one) == dict for one in größe]
# output
def art(größe, andere):
    if type(größe) is not int and (
        type(größe) is type(andere)
    ):
        return [type(one) is dict for one in größe]

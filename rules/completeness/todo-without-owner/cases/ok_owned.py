# TODO(anna): handle time zones
# TODO #212 handle time zones
# FIXME: see https://example.org/issues/1
# XXX SHOP-12
# TODO @anna
# todo lists are handled below

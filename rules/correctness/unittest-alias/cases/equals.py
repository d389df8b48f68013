import sys
import unittest
import warnings


class Sums(unittest.TestCase):
    def runTest(self):
        self.assertEquals(1 + 1, 2, "größe")
        self.assert_(True)


def check():
    if sys.version_info >= (3, 12):
        return "the old names are gone"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        result = Sums().run()
    return result.testsRun, result.errors, result.failures
# output
import sys
import unittest
import warnings


class Sums(unittest.TestCase):
    def runTest(self):
        self.assertEqual(1 + 1, 2, "größe")
        self.assertTrue(True)


def check():
    if sys.version_info >= (3, 12):
        return "the old names are gone"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        result = Sums().run()
    return result.testsRun, result.errors, result.failures

import unittest as u


class Sums(u.IsolatedAsyncioTestCase):
    async def test_sum(self):
        def inner(same=self.assertNotEquals):
            same(1, 2)
            self.failUnless(True)

        inner()
# output
import unittest as u


class Sums(u.IsolatedAsyncioTestCase):
    async def test_sum(self):
        def inner(same=self.assertNotEqual):
            same(1, 2)
            self.assertTrue(True)

        inner()

"""Know: can it be ended, until when, is money owed back, and who says so?"""

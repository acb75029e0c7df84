"""Every threshold that finding is tuned by, in the order of the steps.

None comes from a law or a standard, and no experiment of its own set any: they were
chosen by hand while the rules were tried on the accounts of ``tests/find/bank.py``.
``python -m tools.thresholds`` moves each down and up and says what that does.
"""

# Which files are one account, in accounts.py
FILES_APART = 62
"""Days between two files that may follow each other: two months."""
FEW_ENTRIES = 3
"""Entries of the days that two files share, up to which payees decide instead."""
SAME_ENTRIES = 0.5
"""Share of those entries that both files have, from which they are one account."""
PAYEE_LETTERS = 10
"""Letters of a text in which two files' payees have to be alike."""
PAYEES_IN_COMMON = 2
"""Payees, with amounts, that make one account of files that follow each other."""

# What a text says, in clean.py, candidates.py
LONG_STEM = 5
"""Letters from which a merchant's name is found at the start of a longer word."""
LONG_WORD = 7
"""Letters from which a word is found inside a compound."""
COMMON_WORD = 4
"""Payees of one account that share a word before it names none of them."""
PAYEES_BEHIND_BOOKING = 8
"""Payees that stand behind a first word before it is a way of booking."""
FIRST_WORDS_BEFORE_PLACE = 3
"""First words that stand before a second one before it is a place."""

# The sieve in columns, in candidates.py
SIEVE_GAP_LEAST = 5
"""Days of the shortest usual gap."""
SIEVE_GAP_MOST = 390
"""Days of the longest usual gap."""
SIEVE_ROOM = 0.2
"""Share of the usual gap by which a gap may differ and be like it."""
SIEVE_ROOM_LEAST = 2
"""Days by which any gap may differ."""
SIEVE_ROOM_MOST = 12
"""Days by which no gap may differ more."""
SIEVE_SHARE = 0.45
"""Share of a payee's gaps that have to be like the usual one."""

# Names that are one payee's, in same_payee.py
NAME_LETTERS = 5
"""Letters that must be the same before a cut name is taken for the whole one."""
NAME_LIKENESS = 0.8
"""Likeness (normalised edit distance) of two names' first long words."""
KEY_LETTERS = 6
"""Letters that keys have at least, if one of them may be off."""
KEY_START = 4
"""Letters with which such keys begin alike."""
KEY_LIKENESS = 0.85
"""Likeness of such keys; more than of names, since keys have no rhythm yet."""

# The rhythm of days, in rhythm.py
EARLY = -3
"""Days by which a booking may come before its day of the month."""
LATE = 7
"""Days by which a booking may come after its day of the month."""
LATE_YEARLY = 14
"""The same of a yearly plan, which a merchant renews by hand at times."""
WEEKLY_ROOM = 2
"""Days off step of a plan by the week."""
FOUR_WEEKLY_ROOM = 4
"""Days off step of a plan by two weeks or four."""
EARLY_WEIGHT = 2
"""How much a day early speaks against a due day, beside a day late."""
DUE_DAYS_TRIED = 4
"""Usual days of the month that are tried as the due one."""
RANK_FIT = 2
"""What the share of days in step counts when rhythms are compared; cover counts 1."""
RANK_SPREAD = 15
"""Days of spread that count as much against a rhythm as no cover at all."""
RANK_MONTHLY = 0.05
"""What speaks for months beside four weeks where both fit."""
STRAYS = 10
"""Of so many bookings, one early and one late are left out of the spread."""

# The charges of one plan, in payee.py, plans.py, series.py and joining.py
TRIAL = 1000
"""Thousandths up to which a first charge only tests the card."""
SMALL_PRICE_CHARGES = 3
"""Equal small charges up to which they are tests of a card; more are a price."""
TRIAL_BEFORE = 35
"""Days before a series in which a test of the card is its trial."""
GOOD_FIT = 0.85
"""Share of days in step from which a rhythm is kept."""
EXACT_CHARGES = 3
"""Charges up to which each has to keep the rhythm."""
GOOD_COVER = 0.6
"""Share of periods with a booking that so few charges need."""
LONG_COVER = 0.5
"""The same of more charges, and of two series put together."""
ONE_A_DAY = 0.9
"""Days for each charge from which all charges of a payee may be one plan."""
OUTLIERS_FROM = 4
"""Charges above which one far from the usual price is left out of a whole series."""
OUTLIER_RATIO = 2.6
"""How far from the usual price such a charge is."""
PAIR_RATIO = 1.5
"""The step in price up to which two charges alone are one plan."""
PLAN_CHARGES = 3
"""Charges at one price that make it a plan of its own."""
PLANS_TRIED = 3
"""Usual prices that are tried as plans beside each other."""
PLANS_OVERLAP = 0.3
"""Share of the shorter plan's time from which two run beside each other."""
PRICES_MANY = 0.6
"""Prices for each charge from which sums change too much for one plan, if also ..."""
PRICES_WIDE = 4
"""... the highest is so many times the lowest."""
DRIFT = 1.06
"""How far amounts in foreign money drift from one to the next."""
DRIFTING_CHARGES = 5
"""Charges that a plan in foreign money needs, if others are beside it."""
DRIFTING_FIT = 0.9
"""How well those have to keep the rhythm."""
DRIFTING_COVER = 0.75
"""How many of their periods have to have a booking."""
LEFT_CHARGES = 3
"""Charges that are a series among what other series leave."""
SAME_DAY_CHARGES = 4
"""Equal charges from which plans are told apart by the day of the month."""
SAME_DAY_EARLY = -2
"""Days before its day of the month in which a charge is of such a plan."""
SAME_DAY_LATE = 5
"""Days after it."""
SAME_DAY_FIT = 0.9
"""How well such a plan has to keep the rhythm."""
SAME_DAY_COVER = 0.8
"""How many of its periods have to have a booking."""
MONTHLY_ROOM = 9
"""Days off the usual delay in which a charge is still of a plan by the month."""
YEARLY_ROOM = 20
"""The same of a yearly plan."""
FREE_DAY_ROOM = 4
"""Days off a due day in which a charge at another price joins a series."""
FREE_DAY_ROOM_WEEKLY = 1
"""The same of a plan by the week."""
FREE_DAY_RATIO = 1.6
"""The step in price up to which it joins."""
BUNDLE_ROOM = 5
"""Days off both due days in which one charge may be of two series."""
BUNDLE_RATIO = 1.01
"""How near it is to the sum of both prices."""
NEXT_PRICE_RATIO = 2.2
"""The step up to which another price can be the same contract's."""
FIRST_PRICE_RATIO = 7.0
"""The same where a short and cheaper series comes directly before."""
FIRST_PRICE_CHARGES = 6
"""Charges that a first price has at most."""
FIRST_PRICE_GAP = 1.35
"""Periods between a first price and the next within which it comes directly before."""
PAUSE = 4.5
"""Periods of silence after which nothing is the same series any more."""
SHORT_SERIES = 2
"""Charges up to which a series' own period does not bind the series it joins."""
TWO_YEARLY_LEAST = 360
"""Days between two charges that are a year apart, at least."""
TWO_YEARLY_MOST = 371
"""The same at most: a year, and a booking over a weekend."""

# Series that go on under another name, in recurring.py
RENAMED_PAUSE = 1.6
"""Periods of silence after which a name that is not alike is another payee's."""
RENAMED_RATIO = 1.6
"""The step in price up to which a series goes on under another name."""
RENAMED_DRIFT = 0.02
"""Share of the price by which a name that is not alike may change it."""
NEWEST = 3
"""Newest charges that tell the channel."""
TRIAL_DAYS = 31
"""Days for which a test of the card is a trial that still runs."""

# What it is, in judge.py
FOREIGN_DRIFT = 0.06
"""Share by which amounts drift and are the same, as of foreign money or of a tax."""
ONE_RISE = 0.2
"""The same of two charges alone, which may have one rise between them."""
STRICT_CHARGES = 5
"""Charges that are too even for purchases at a shop, at least."""
STRICT_FIT = 0.95
"""How well those keep their rhythm."""
STRICT_COVER = 0.9
"""How many of their periods have a booking."""
STRICT_SPREAD = 3
"""Days that their bookings stand apart at most."""
STRICT_STEADY = 0.9
"""Share of their charges at the amount of the one before."""
LARGE = 260_000
"""Thousandths of a euro a month above which an unknown payee's is rather a rent."""
STEADY_SUBSCRIPTION = 0.5
"""Share of charges at the amount of the one before, below which it is a bill."""
STEADY_KNOWN = 0.3
"""The same of a merchant on file, below which it is no subscription."""
WEEKLY_BELOW = 20
"""Days of a period below which charges are held to the rules for weeks."""
WEEKLY_CHARGES = 4
"""Charges by the week that a subscription has at least, if something speaks for it."""
WEEKLY_CHARGES_ALONE = 8
"""The same where nothing does, or where Apple bills."""
WEEKLY_COVER = 0.8
"""Share of weeks with a booking, if something speaks for a subscription."""
WEEKLY_COVER_ALONE = 0.95
"""The same where nothing does."""
WEEKLY_FIT = 0.9
"""Share of days in step of a plan by the week."""
WEEKLY_STEADY = 0.6
"""Share of charges at the amount of the one before of a plan by the week."""
YEARLY_FROM = 300
"""Days of a period from which two charges are held to the rules for years."""
NEW_PLAN_BELOW = 40
"""Days of a period below which two equal charges may be a new plan."""
APPLE_CHARGES = 4
"""Charges that Apple bills, below which their days have to agree."""
APPLE_SPREAD = 3
"""Days by which those may stand apart."""
EVEN_FIT = 0.9
"""How well charges of an unknown payee keep the rhythm if nothing speaks for it."""
EVEN_SPREAD = 5
"""Days by which those may stand apart."""
EVEN_STEADY = 0.5
"""Share of those at the amount of the one before."""
HINTED_FIT = 0.85
"""How well charges keep the rhythm if something speaks for a subscription."""
APPLE_YEARLY_ROOM = 3
"""Days off a year by which two equal charges that Apple bills may be."""
YEARLY_RATIO_ALONE = 1.5
"""The step between two yearly prices, if something speaks for it and nothing else."""
YEARLY_RATIO = 1.2
"""The same where the payee has charged something else."""
YEARLY_OFF = 6
"""Days off a year by which two equal charges of an unknown payee may be."""
YEARLY_OFF_RISE = 4
"""The same of two charges that are not equal."""
YEARLY_RISE = 1.16
"""The step between those two."""
COUNTED_SHARE = 0.8
"""Share of texts with a count (``3/12``) from which instalments are counted."""
COUNTED_TEXTS = 2
"""Texts with a count that it takes at least."""

# How sure it is, in judge.py and receipts.py: it ranks findings and decides nothing
SURE_AT_FIRST = 0.35
"""What any series has."""
SURE_PER_CHARGE = 0.08
"""What each charge adds, up to ..."""
SURE_CHARGES = 5
"""... so many."""
SURE_FIT = 0.1
"""What a rhythm kept throughout adds."""
SURE_STEADY = 0.1
"""What an amount kept throughout adds."""
SURE_ON_FILE = 0.15
"""What a merchant on file adds."""
SURE_BY_WORDS = 0.05
"""What a word or a biller that speaks for a contract adds."""
SURE_LOOSE = 0.1
"""What bookings that stand far apart take away."""
LOOSE_SPREAD = 5
"""Days from which they do."""
SURE_RECEIPT = 0.2
"""What a receipt adds."""
SURE_LEAST = 0.05
"""No finding is less sure."""
SURE_MOST = 0.99
"""No finding is surer, but by the person's word."""
SURE_TRIAL = 0.4
"""How sure a trial is that runs, by one test of the card."""
SURE_SINGLE = 0.7
"""How sure a contract is of which one charge and its receipt are known."""
FEW_CHARGES = 3
"""Charges below which more of them would make a finding surer."""

# State and next day, in state.py, rhythm.py
SILENCE = 1.6
"""Periods between two charges from which the series was silent."""
GRACE_WEEKLY = 5
"""Days after the due day in which a booking is only late: weeks."""
GRACE_FOUR_WEEKLY = 9
"""The same of four weeks."""
GRACE = 12
"""The same of months."""
GRACE_YEARLY = 25
"""The same of years."""
WEEKDAY_CHARGES = 6
"""Charges, none on a weekend, from which a biller books on weekdays alone."""
RISE = 0.02
"""Share of a price by which a change is more than drift."""
CHANGES = 2
"""Changes of price up to which they are rises, or ..."""
CHANGES_OF = 4
"""... one of so many charges."""
RISE_STAYS = 2
"""Charges after a rise that have to be no cheaper."""

# Charges after an end, in watch.py
AFTER_END_EXACT = 0.002
"""Share of the price by which a charge may differ where prices were all the same."""
AFTER_END_NEWEST = 6
"""Newest charges whose prices say so."""
AFTER_END_CHARGES = 3
"""Charges that it takes to say so."""
AFTER_END_DRIFT = 0.06
"""Share of the price by which a charge may differ otherwise."""
AFTER_END_BILLER = 0.015
"""The same where Apple or a marketplace bills."""
AFTER_END_RISE = 0.4
"""Share by which another price may differ on the due day."""
AFTER_END_ROOM = 3
"""Days off the due day of a charge at the same price."""
AFTER_END_RISE_ROOM = 4
"""The same at another price of the same payee."""
AFTER_END_SOON = 4.3
"""Periods after the last rightful charge in which a due day still counts."""
AFTER_END_WORD = 4
"""Letters of a word of the name that a charge under another name has to share."""

# Receipts, in receipts.py
RECEIPT_BEFORE = 7
"""Days by which a receipt may be older than its charge's booking."""
RECEIPT_AFTER = 4
"""Days by which it may be newer."""

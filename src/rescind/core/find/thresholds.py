"""Every threshold that finding is tuned by, in the order of the steps.

None comes from a law or a standard, and no experiment of its own set any: they were
chosen by hand while the rules were tried on the accounts of ``tests/find/bank.py``. The
word behind each says what ``docs/algorithms/thresholds.md`` measured by moving it alone
down and up: *firm*, both are worse; *an edge*, one is; *slack*, neither moves a figure;
*open*, one is better there; *ranks*, it decides nothing. After a change, ``python -m
tools.thresholds NAME`` measures anew.
"""

# Which files are one account, in accounts.py
FILES_APART = 62  # slack
"""Days between two files that may follow each other: two months."""
FEW_ENTRIES = 3  # slack
"""Entries of the days that two files share, up to which payees decide instead."""
SAME_ENTRIES = 0.5  # slack
"""Share of those entries that both files have, from which they are one account."""
PAYEE_LETTERS = 10  # slack
"""Letters of a text in which two files' payees have to be alike."""
PAYEES_IN_COMMON = 2  # open
"""Payees, with amounts, that make one account of files that follow each other."""

# What a text says, in clean.py, candidates.py
LONG_STEM = 5  # slack
"""Letters from which a merchant's name is found at the start of a longer word."""
LONG_WORD = 7  # an edge
"""Letters from which a word is found inside a compound."""
COMMON_WORD = 4  # slack
"""Payees of one account that share a word before it names none of them."""
PAYEES_BEHIND_BOOKING = 8  # an edge
"""Payees that stand behind a first word before it is a way of booking."""
FIRST_WORDS_BEFORE_PLACE = 3  # an edge
"""First words that stand before a second one before it is a place."""

# The sieve in columns, in candidates.py
SIEVE_GAP_LEAST = 5  # slack
"""Days of the shortest usual gap."""
SIEVE_GAP_MOST = 390  # an edge
"""Days of the longest usual gap."""
SIEVE_ROOM = 0.2  # an edge
"""Share of the usual gap by which a gap may differ and be like it."""
SIEVE_ROOM_LEAST = 2  # an edge
"""Days by which any gap may differ."""
SIEVE_ROOM_MOST = 12  # slack
"""Days by which no gap may differ more."""
CHANCE_CHARGES = 12  # not tried
"""Charges at a payee from which two equal sums among them are chance."""
SIEVE_SHARE = 0.45  # open
"""Share of a payee's gaps that have to be like the usual one."""

# Names that are one payee's, in same_payee.py
NAME_LETTERS = 5  # an edge
"""Letters that must be the same before a cut name is taken for the whole one."""
NAME_LIKENESS = 0.8  # an edge
"""Likeness (normalised edit distance) of two names' first long words."""
KEY_LETTERS = 6  # slack
"""Letters that keys have at least, if one of them may be off."""
KEY_START = 4  # slack
"""Letters with which such keys begin alike."""
KEY_LIKENESS = 0.85  # slack
"""Likeness of such keys; more than of names, since keys have no rhythm yet."""

# The rhythm of days, in rhythm.py
EARLY = -3  # slack
"""Days by which a booking may come before its day of the month."""
LATE = 7  # open
"""Days by which a booking may come after its day of the month."""
LATE_YEARLY = 14  # open
"""The same of a yearly plan, which a merchant renews by hand at times."""
WEEKLY_ROOM = 2  # open
"""Days off step of a plan by the week."""
WEEKLY_EXACT = 0.6  # not tried
"""Share of bookings on the same weekday from which ..."""
WEEKLY_LATE = 3  # not tried
"""... one may be so many days late: an order due on a Friday, booked on Monday."""
FOUR_WEEKLY_ROOM = 4  # slack
"""Days off step of a plan by two weeks or four."""
EARLY_WEIGHT = 2  # open
"""How much a day early speaks against a due day, beside a day late."""
DUE_DAYS_TRIED = 4  # open
"""Usual days of the month that are tried as the due one."""
RANK_FIT = 2  # open
"""What the share of days in step counts when rhythms are compared; cover counts 1."""
RANK_SPREAD = 15  # slack
"""Days of spread that count as much against a rhythm as no cover at all."""
RANK_MONTHLY = 0.05  # slack
"""What speaks for months beside four weeks where both fit."""
THIRTY_CHARGES = 6  # not tried
"""Charges from which every thirty days is told from every month."""
THIRTY_GAINS = 4  # not tried
"""Days of spread that thirty days have to gain if months fit as well."""
STRAYS = 10  # slack
"""Of so many bookings, one early and one late are left out of the spread."""

# The charges of one plan, in payee.py, plans.py, series.py and joining.py
TRIAL = 1000  # an edge
"""Thousandths up to which a first charge only tests the card."""
SMALL_PRICE_CHARGES = 2  # not tried
"""Equal small charges up to which they are tests of a card; more are a price."""
TRIAL_BEFORE = 35  # an edge
"""Days before a series in which a test of the card is its trial."""
GOOD_FIT = 0.85  # open
"""Share of days in step from which a rhythm is kept."""
EXACT_CHARGES = 3  # slack
"""Charges up to which each has to keep the rhythm."""
GOOD_COVER = 0.6  # slack
"""Share of periods with a booking that so few charges need."""
LONG_COVER = 0.5  # open
"""The same of more charges, and of two series put together."""
ONE_A_DAY = 0.9  # slack
"""Days for each charge from which all charges of a payee may be one plan."""
OUTLIERS_FROM = 4  # slack
"""Charges above which one far from the usual price is left out of a whole series."""
OUTLIER_RATIO = 2.6  # open
"""How far from the usual price such a charge is."""
PAIR_RATIO = 1.5  # slack
"""The step in price up to which two charges alone are one plan."""
PLAN_CHARGES = 3  # an edge
"""Charges at one price that make it a plan of its own."""
BUSY_PAYEE = 1000  # not tried
"""Charges of a payee above which a few equal amounts in step are chance."""
BUSY_CHARGES = 6  # not tried
"""Equal charges that make a plan there."""
PLANS_TRIED = 3  # slack
"""Usual prices that are tried as plans beside each other."""
PLANS_OVERLAP = 0.3  # slack
"""Share of the shorter plan's time from which two run beside each other."""
PRICES_MANY = 0.6  # slack
"""Prices for each charge from which sums change too much for one plan, if also ..."""
PRICES_WIDE = 4  # open
"""... the highest is so many times the lowest."""
DRIFT = 1.06  # open
"""How far amounts in foreign money drift from one to the next."""
DRIFTING_CHARGES = 5  # slack
"""Charges that a plan in foreign money needs, if others are beside it."""
DRIFTING_FIT = 0.9  # slack
"""How well those have to keep the rhythm."""
DRIFTING_COVER = 0.75  # open
"""How many of their periods have to have a booking."""
LEFT_CHARGES = 3  # open
"""Charges that are a series among what other series leave."""
SAME_DAY_CHARGES = 4  # slack
"""Equal charges from which plans are told apart by the day of the month."""
SAME_DAY_EARLY = -2  # slack
"""Days before its day of the month in which a charge is of such a plan."""
SAME_DAY_LATE = 5  # slack
"""Days after it."""
SAME_DAY_FIT = 0.9  # slack
"""How well such a plan has to keep the rhythm."""
SAME_DAY_COVER = 0.8  # slack
"""How many of its periods have to have a booking."""
MONTHLY_ROOM = 9  # slack
"""Days off the usual delay in which a charge is still of a plan by the month."""
YEARLY_ROOM = 20  # slack
"""The same of a yearly plan."""
FREE_DAY_ROOM = 4  # slack
"""Days off a due day in which a charge at another price joins a series."""
FREE_DAY_ROOM_WEEKLY = 1  # slack
"""The same of a plan by the week."""
FREE_DAY_RATIO = 1.6  # slack
"""The step in price up to which it joins."""
BUNDLE_ROOM = 5  # slack
"""Days off both due days in which one charge may be of two series."""
BUNDLE_RATIO = 1.01  # slack
"""How near it is to the sum of both prices."""
BUNDLED_TRIED = 8  # not tried
"""Series with the same free due day, of which pairs are tried."""
NEXT_PRICE_RATIO = 2.2  # an edge
"""The step up to which another price can be the same contract's."""
FIRST_PRICE_RATIO = 12.0  # not tried
"""The same where a short and cheaper series comes directly before."""
FIRST_PRICE_CHARGES = 6  # slack
"""Charges that a first price has at most."""
FIRST_PRICE_GAP = 1.35  # slack
"""Periods between a first price and the next within which it comes directly before."""
PAUSE = 4.5  # open
"""Periods of silence after which nothing is the same series any more."""
SHORT_SERIES = 2  # open
"""Charges up to which a series' own period does not bind the series it joins."""
TWO_YEARLY_LEAST = 360  # an edge
"""Days between two charges that are a year apart, at least."""
TWO_YEARLY_MOST = 371  # slack
"""The same at most: a year, and a booking over a weekend."""

# Series that go on under another name, in recurring.py
RENAMED_PAUSE = 1.6  # slack
"""Periods of silence after which a name that is not alike is another payee's."""
RENAMED_RATIO = 1.6  # slack
"""The step in price up to which a series goes on under another name."""
RENAMED_DRIFT = 0.02  # slack
"""Share of the price by which a name that is not alike may change it."""
NEWEST = 3  # slack
"""Newest charges that tell the channel."""
TRIAL_DAYS = 31  # slack
"""Days for which a test of the card is a trial that still runs."""

# What it is, in judge.py
FOREIGN_DRIFT = 0.06  # an edge
"""Share by which amounts drift and are the same, as of foreign money or of a tax."""
ONE_RISE = 0.2  # slack
"""The same of two charges alone, which may have one rise between them."""
YEARLY_RISES = 0.34  # not tried
"""Share of the new price by which a yearly one may rise each year: by half."""
SELDOM_FROM = 80  # not tried
"""Days of a period from which each charge may have another price, if all change one
way or the payee is on file, and days are kept: a quarter."""
STRICT_CHARGES = 5  # slack
"""Charges that are too even for purchases at a shop, at least."""
STRICT_FIT = 0.95  # slack
"""How well those keep their rhythm."""
STRICT_COVER = 0.9  # an edge
"""How many of their periods have a booking."""
STRICT_SPREAD = 3  # slack
"""Days that their bookings stand apart at most."""
STRICT_STEADY = 0.9  # slack
"""Share of their charges at the amount of the one before."""
WAVERS_BOTH_WAYS = 2  # not tried
"""Steps up, and steps down, from which amounts waver."""
LARGE = 260_000  # open
"""Thousandths of a euro a month above which an unknown payee's is rather a rent."""
STEADY_SUBSCRIPTION = 0.5  # firm
"""Share of charges at the amount of the one before, below which it is a bill."""
STEADY_KNOWN = 0.3  # slack
"""The same of a merchant on file, below which it is no subscription."""
WEEKLY_BELOW = 20  # slack
"""Days of a period below which charges are held to the rules for weeks."""
WEEKLY_CHARGES = 4  # slack
"""Charges by the week that a subscription has at least, if something speaks for it."""
WEEKLY_CHARGES_ALONE = 8  # slack
"""The same where nothing does, or where Apple bills."""
WEEKLY_COVER = 0.8  # slack
"""Share of weeks with a booking, if something speaks for a subscription."""
WEEKLY_COVER_ALONE = 0.95  # open
"""The same where nothing does."""
WEEKLY_FIT = 0.9  # an edge
"""Share of days in step of a plan by the week."""
WEEKLY_STEADY = 0.6  # slack
"""Share of charges at the amount of the one before of a plan by the week."""
WEEKLY_EXACT_SPREAD = 3  # not tried
"""Days by which charges by the week stand apart at most, if weeks may be left out."""
WEEKLY_COVER_EXACT = 0.6  # not tried
"""Share of weeks with a booking that those need."""
WEEKLY_DEAR = 10_000  # not tried
"""Thousandths of a euro from which one price by the week, with gaps, is no habit."""
WEEKLY_EXACT_RATIO = 2.2  # not tried
"""How many times the lowest the highest of those may be: boxes differ in size."""
WEEKLY_BOX_RATIO = 1.6  # not tried
"""How many times the lowest the highest may be where no word speaks of a box: sums at
a till of one shop differ by several times."""
WEEKLY_BOX_CHARGES = 12  # not tried
"""Charges by the week that such a box has at least."""
WEEKLY_PRICES = 6  # not tried
"""Charges for each price, from which even a payee of no sign bills by the week."""
YEARLY_FROM = 300  # slack
"""Days of a period from which two charges are held to the rules for years."""
NEW_PLAN_BELOW = 40  # slack
"""Days of a period below which two equal charges may be a new plan."""
NEW_PLAN_SPREAD = 1  # not tried
"""Days by which the two may stand apart where nothing speaks for a plan."""
NEW_BILL_RATIO = 1.25  # not tried
"""The step between two charges of a bill by the payee's order that has just begun."""
APPLE_CHARGES = 4  # an edge
"""Charges that Apple bills, below which their days have to agree."""
APPLE_SPREAD = 3  # an edge
"""Days by which those may stand apart."""
EVEN_FIT = 0.9  # an edge
"""How well charges of an unknown payee keep the rhythm if nothing speaks for it."""
EVEN_SPREAD = 5  # slack
"""Days by which those may stand apart."""
EVEN_STEADY = 0.5  # an edge
"""Share of those at the amount of the one before."""
HINTED_FIT = 0.85  # an edge
"""How well charges keep the rhythm if something speaks for a subscription."""
APPLE_YEARLY_ROOM = 3  # open
"""Days off a year by which two equal charges that Apple bills may be."""
YEARLY_RATIO_ALONE = 1.5  # slack
"""The step between two yearly prices, if something speaks for it and nothing else."""
YEARLY_RATIO = 1.2  # slack
"""The same where the payee has charged something else."""
YEARLY_FIRST_RATIO = 2.5  # not tried
"""The same of a first year's price, and with a word of a subscription."""
YEARLY_OFF = 6  # slack
"""Days off a year by which two equal charges of an unknown payee may be."""
YEARLY_OFF_RISE = 4  # slack
"""The same of two charges that are not equal."""
YEARLY_RISE = 1.16  # an edge
"""The step between those two."""
COUNTED_SHARE = 0.8  # slack
"""Share of texts with a count (``3/12``) from which instalments are counted."""
COUNTED_TEXTS = 2  # slack
"""Texts with a count that it takes at least."""

# How sure it is, in judge.py and receipts.py: it ranks findings and decides nothing
SURE_AT_FIRST = 0.35  # ranks
"""What any series has."""
SURE_PER_CHARGE = 0.08  # ranks
"""What each charge adds, up to ..."""
SURE_CHARGES = 5  # ranks
"""... so many."""
SURE_FIT = 0.1  # ranks
"""What a rhythm kept throughout adds."""
SURE_STEADY = 0.1  # ranks
"""What an amount kept throughout adds."""
SURE_ON_FILE = 0.15  # ranks
"""What a merchant on file adds."""
SURE_BY_WORDS = 0.05  # ranks
"""What a word or a biller that speaks for a contract adds."""
SURE_LOOSE = 0.1  # ranks
"""What bookings that stand far apart take away."""
LOOSE_SPREAD = 5  # ranks
"""Days from which they do."""
SURE_RECEIPT = 0.2  # not tried
"""What a receipt adds."""
SURE_LEAST = 0.05  # ranks
"""No finding is less sure."""
SURE_MOST = 0.99  # ranks
"""No finding is surer, but by the person's word."""
SURE_TRIAL = 0.4  # not tried
"""How sure a trial is that runs, by one test of the card."""
SURE_SINGLE = 0.7  # not tried
"""How sure a contract is of which one charge and its receipt are known."""
FEW_CHARGES = 3  # not tried
"""Charges below which more of them would make a finding surer."""

# State and next day, in state.py, rhythm.py
SILENCE = 1.6  # slack
"""Periods between two charges from which the series was silent."""
GRACE_WEEKLY = 5  # slack
"""Days after the due day in which a booking is only late: weeks."""
GRACE_FOUR_WEEKLY = 9  # slack
"""The same of four weeks."""
GRACE = 12  # an edge
"""The same of months."""
GRACE_YEARLY = 25  # slack
"""The same of years."""
WEEKDAY_CHARGES = 6  # slack
"""Charges, none on a weekend, from which a biller books on weekdays alone."""
RISE = 0.02  # not tried
"""Share of a price by which a change is more than drift."""
DRIFTING_STEPS = 0.6  # not tried
"""Share of steps that are small from which a price drifts, as in foreign money."""
CHANGES = 2  # not tried
"""Changes of price up to which they are rises, or ..."""
CHANGES_OF = 4  # not tried
"""... one of so many charges."""
RISE_STAYS = 2  # not tried
"""Charges after a rise that have to be no cheaper."""

# Charges after an end, in watch.py
AFTER_END_EXACT = 0.002  # slack
"""Share of the price by which a charge may differ where prices were all the same."""
AFTER_END_NEWEST = 6  # slack
"""Newest charges whose prices say so."""
AFTER_END_CHARGES = 3  # slack
"""Charges that it takes to say so."""
AFTER_END_DRIFT = 0.06  # an edge
"""Share of the price by which a charge may differ otherwise."""
AFTER_END_BILLER = 0.015  # slack
"""The same where Apple or a marketplace bills."""
AFTER_END_RISE = 0.4  # an edge
"""Share by which another price may differ on the due day."""
AFTER_END_ROOM = 3  # slack
"""Days off the due day of a charge at the same price."""
AFTER_END_RISE_ROOM = 4  # slack
"""The same at another price of the same payee."""
AFTER_END_SOON = 4.3  # slack
"""Periods after the last rightful charge in which a due day still counts."""
AFTER_END_LAG = 5  # not tried
"""Days after the end up to which a charge that was due before it is only late."""
AFTER_END_LAGS = 3  # not tried
"""How many times as long a period is, for which a late booking can be told."""
AFTER_END_WORD = 4  # slack
"""Letters of a word of the name that a charge under another name has to share."""

# Receipts, in receipts.py
RECEIPT_BEFORE = 7  # not tried
"""Days by which a receipt may be older than its charge's booking."""
RECEIPT_AFTER = 4  # not tried
"""Days by which it may be newer."""

"""Statements of each format, made for these tests; no bank wrote them."""

OFX_SGML = b"""OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS><CURDEF>USD
<BANKACCTFROM><BANKID>021000021<ACCTID>000123456789<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260101<DTEND>20260331
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260105120000[-5:EST]<TRNAMT>-15.49<FITID>1<NAME>LUMEN &amp; CO<MEMO>MONTHLY</STMTTRN>
<STMTTRN>
<TRNTYPE>DEBIT
<DTPOSTED>20260205
<TRNAMT>-1,015.49
<FITID>2
<NAME>LUMEN &amp; CO
<STMTTRN>
<TRNTYPE>CREDIT
<DTPOSTED>20260206
<TRNAMT>+20.00
<FITID>3
<NAME>REFUND
<BANKACCTTO><BANKID>1<ACCTID>999</BANKACCTTO>
</BANKTRANLIST><LEDGERBAL><BALAMT>1.00<DTASOF>20260331</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
OFX_XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<?OFX OFXHEADER="200" VERSION="211"?>
<OFX><CREDITCARDMSGSRSV1>
<CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR</CURDEF>
<CCACCTFROM><ACCTID>4111111111111111</ACCTID></CCACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260105</DTPOSTED>
<TRNAMT>-9.99</TRNAMT><FITID>9</FITID><NAME>SONANT</NAME>
<ORIGCURRENCY><CURRATE>1.1</CURRATE><CURSYM>USD</CURSYM></ORIGCURRENCY></STMTTRN>
</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS>
<CCSTMTTRNRS><CCSTMTRS><CURDEF>GBP</CURDEF>
<CCACCTFROM><ACCTID>5500000000000004</ACCTID></CCACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260106</DTPOSTED>
<TRNAMT>-7.00</TRNAMT><FITID>1</FITID><NAME>VERDANT</NAME></STMTTRN>
</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>
"""
QIF = b"""!Account
NEveryday
TBank
^
!Type:Bank
D1/ 5'26
T-1,015.49
PLumen
Mmonthly
SHousing
$-1,000.00
^
D01/25/26
T2000.00
PSalary
^
!Type:Cat
NHousing
^
"""
_CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}">
<{root}><{report}><Acct><Id><IBAN>DE12500105170648489890</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>{opening}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries><TtlDbtNtries><NbOfNtries>2</NbOfNtries><Sum>42.99</Sum></TtlDbtNtries></TxsSummry>
<Ntry><Amt Ccy="EUR">12.99</Amt><CdtDbtInd>DBIT</CdtDbtInd>{status}<BookgDt><Dt>2026-01-05</Dt></BookgDt>
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RDDT</Cd><SubFmlyCd>ESDD</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls><AmtDtls><InstdAmt><Amt Ccy="USD">14.00</Amt></InstdAmt></AmtDtls><RltdPties><Cdtr>{name}</Cdtr></RltdPties><RmtInf><Ustrd>Abo 123</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>{status}<BookgDt><DtTm>2026-01-06T10:00:00</DtTm></BookgDt>
<NtryDtls><TxDtls><Amt Ccy="EUR">10.00</Amt><RltdPties><Cdtr>{name}</Cdtr></RltdPties></TxDtls>
<TxDtls><Amt Ccy="EUR">20.00</Amt><RltdPties><Cdtr>{name}</Cdtr></RltdPties></TxDtls></NtryDtls></Ntry>
</{report}></{root}></Document>
"""


def camt(kind: str = "053", version: str = "02", closing: str = "57.01") -> bytes:
    """Return a camt message of a kind and version."""
    root, report = {
        "052": ("BkToCstmrAcctRpt", "Rpt"),
        "053": ("BkToCstmrStmt", "Stmt"),
        "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    }[kind]
    new = int(version) >= 8
    return _CAMT.format(
        kind=kind,
        version=version,
        root=root,
        report=report,
        opening="PRCD" if kind == "052" else "OPBD",
        closing=closing,
        status="<Sts><Cd>BOOK</Cd></Sts>" if new else "<Sts>BOOK</Sts>",
        name="<Pty><Nm>Lumen B.V.</Nm></Pty>" if new else "<Nm>Lumen B.V.</Nm>",
    ).encode()


MT940 = b"""{1:F01BANKDEFFAXXX0000000000}{2:O9400000000000BANKDEFF00000000000000000000N}{4:
:20:STARTUMS
:25:10020030/1234567
:28C:1/1
:60F:C251230EUR1000,00
:61:2512310102D12,99NDDTNONREF//123
:86:105?00LASTSCHRIFT?20EREF+123?21MREF+M1?22SVWZ+Abo Januar?32LUMEN
?33 B.V.
:61:2601060106CR2000,NTRFNONREF
:86:166?00GUTSCHRIFT?20Gehalt?32ARBEITGEBER
:61:260107D10,00NMSC
:86:/TRTP/SEPA INCASSO/IBAN/NL01/NAME/SONANT BV/REMI/Factuur 9/EREF/1
:62F:C260107EUR2977,01
-}
"""
MT942 = b""":20:TODAY
:25:NL01INGB0001234567
:28C:1
:34F:EURD0,
:13D:2601071200+0100
:61:2601070107RD5,00NMSC
:86:Storno of a card payment
:90D:0EUR0,
:90C:1EUR5,00
-
"""
WISE = b"""{"accountHolder": {"type": "PERSONAL"}, "transactions": [
{"type": "DEBIT", "date": "2026-01-05T08:00:00Z", "amount": {"value": -9.99, "currency": "EUR"},
 "details": {"type": "CARD", "description": "Card transaction issued by Sonant", "merchant": {"name": "Sonant"}}},
{"type": "CREDIT", "date": "2026-01-25T08:00:00Z", "amount": {"value": 2000, "currency": "EUR"},
 "details": {"type": "DEPOSIT", "description": "Salary"}}]}"""
MONZO = b"""{"transactions": [{"id": "tx_1", "created": "2026-01-05T10:00:00.123Z", "amount": -999,
"currency": "GBP", "local_amount": -1250, "local_currency": "USD", "description": "SONANT.COM",
"merchant": {"name": "Sonant"}}]}"""
N26 = b"""[{"id": "a", "visibleTS": 1767607200000, "amount": -9.99, "currencyCode": "EUR",
"merchantName": "SONANT", "type": "PT"}]"""
PAYPAL = b"""{"transaction_details": [{"transaction_info": {"transaction_initiation_date": "2026-01-05T10:00:00Z",
"transaction_amount": {"currency_code": "EUR", "value": "-9.99"}, "transaction_subject": "Sonant"}}]}"""

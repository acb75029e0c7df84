"""Encodings of East Asia: told by the signs that stand most often in statements."""

import codecs

_LAST_ASCII = 0x7F
_FREQUENT = {
    "gb18030": frozenset(
        "的一是在不了有和人这中大为上个我要时来用到出就分对成会可发年动同也能下过子后多定行"
        "所得等部家电水小物加量机当使点业本去好开还其前外天日平相全间关重新线内数明利月公无"
        "通提直员位入总次品式管期回取处价款账户余额金收支付消费转交易摘要银卡微信宝商店超市"
        "购买话充值订单号码名称类型备注状态转账存理财现退"
    ),
    "cp950": frozenset(
        "的一是在不了有和人這中大為上個我要時來用到出就分對成會可發年動同也能下過子後多定行"
        "所得等部家電水小物加量機當使點業本去好開還其前外天日平相全間關重新線內數明利月公無"
        "通提直員位入總次品式管期回取處價款帳戶餘額金收支付消費轉交易摘要銀卡商店超市購買話"
        "號碼名稱類型備註狀態存現退幣臺"
    ),
    "cp949": frozenset(
        "거래일시자적요출금입잔액은행카드결제내용기록사처이체동납부보험통신급여지점명번호메모구"
        "분의가다는에하로을를고한도서정인대스아리수나라주전장원상해유연산월년비료마트점편의"
    ),
}
"""Signs by encoding; thousands of others are as likely where an encoding is wrong."""
_FREQUENT_SHARE = 0.3
"""Share of signs above ASCII that are frequent, from which an encoding is believed."""


def east_asian(sample: bytes) -> str:
    """Return the Chinese or Korean encoding that bytes are in; empty if none.

    >>> east_asian("交易日期,金额,余额".encode("gbk"))
    'gb18030'
    >>> east_asian("거래일자,출금액,잔액".encode("euc-kr"))
    'cp949'
    >>> east_asian("ご利用日".encode("cp932"))
    ''
    """
    best = max(_FREQUENT, key=lambda name: _share(sample, name))
    return best if _share(sample, best) >= _FREQUENT_SHARE else ""


def _share(sample: bytes, name: str) -> float:
    """Return how many signs above ASCII are frequent; a cut last one does not count."""
    try:
        text = codecs.getincrementaldecoder(name)().decode(sample)
    except UnicodeDecodeError:
        return 0.0
    above = [sign for sign in text if ord(sign) > _LAST_ASCII]
    return sum(sign in _FREQUENT[name] for sign in above) / max(1, len(above))

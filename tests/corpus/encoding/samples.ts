// Sentences in other encodings than UTF-8: the encoding, the text, and its bytes in base64, made by GNU iconv (CP949, CP932,
// CP936 ... where the name of the Encoding Standard stands for a code page of Windows).
export const samples: readonly (readonly [encoding: string, text: string, base64: string])[] = [
  [
    'euc-kr',
    '오늘은 서울에서 부산까지 기차를 타고 갔다. 바다가 아주 맑았고 사람들이 많이 있었다.',
    'v8C0w8C6ILytv++/obytILrOu+qx7sH2ILHiwve4piDFuLDtILCstNkuILnZtNmwoSC+xsHWILi8vtKw7SC757b3tenAzCC4ucDMIMDWvvq02S4=',
  ],
  [
    'euc-kr',
    '대한민국의 헌법은 국민의 자유와 권리를 보장한다.\n똠방각하와 펲시콜라, 뷁!',
    'tOvH0bnOsbnAxyDH5bn9wLogsbm5zsDHIMDawK+/zSCxx7iuuKYgurjA5cfRtNkuCoxjueawosfPv80gvIS9w8TdtvMsIJTuIQ==',
  ],
  ['euc-kr', '안녕하세요 반갑습니다', 'vsiz58fPvLy/5CC53bCpvcC0z7TZ'],
  [
    'shift_jis',
    '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。',
    'jOGUeYLNlEyCxYKggumBQpa8kU+CzYLcgr6Ws4KigUKCx4KxgsWQtoLqgr2CqYLGgvGCxoypk5aCqoLCgqmCyoFC',
  ],
  [
    'shift_jis',
    '昨日、東京タワーへ行きました。とても高くて①番きれいでした。',
    'jfCT+oFBk4yLnoNeg4+BW4LWjXOCq4LcgrWCvYFCgsaCxILgjYKCrYLEh0CU1IKrguqCooLFgrWCvYFC',
  ],
  [
    'euc-jp',
    '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。',
    'uOPH2qTPx62kx6SipOuho8y+wbCkz6TepMDMtaSkoaOkyaSzpMfAuKTspL+kq6TIpPOkyLirxfakrKTEpKukzKGj',
  ],
  [
    'gbk',
    '我们今天去北京看长城，天气很好，人也很多。这是一个很大的城市。',
    'ztLDx73xzOzIpbGxvqm/tLOks8ejrMzsxvi63LrDo6zIy9Kyuty24KGj1eLKx9K7uPa63LTztcSzx8rQoaM=',
  ],
  [
    'gbk',
    '学而时习之，不亦说乎？有朋自远方来，不亦乐乎？',
    '0ae2+Mqxz7DWrqOssrvS4Mu1uvWjv9PQxfPX1NS2t73AtKOssrvS4MDWuvWjvw==',
  ],
  [
    'big5',
    '我們今天去臺北看電影，天氣很好，人也很多。這是一個很大的城市。',
    'p9qtzKS1pNGlaLtPpV+s3blxvHahQaTRrvCr3KZuoUGkSKRdq9ymaKFDs2+sT6RArdOr3KRqqrqrsKWroUM=',
  ],
  [
    'windows-1252',
    'Die Straße ist schön, aber für größere Wagen zu eng. Übermorgen kommt „Müller“.',
    'RGllIFN0cmHfZSBpc3Qgc2No9m4sIGFiZXIgZvxyIGdy9t9lcmUgV2FnZW4genUgZW5nLiDcYmVybW9yZ2VuIGtvbW10IIRN/GxsZXKTLg==',
  ],
  [
    'windows-1252',
    'L’été dernier, nous avons mangé des crêpes à la forêt. Où êtes-vous allés ? Ça coûte 5 €.',
    'TJLpdOkgZGVybmllciwgbm91cyBhdm9ucyBtYW5n6SBkZXMgY3LqcGVzIOAgbGEgZm9y6nQuIE/5IOp0ZXMtdm91cyBhbGzpcyA/IMdhIGNv+3RlIDUggC4=',
  ],
  [
    'windows-1252',
    'El niño comió una manzana mañana y está aquí. ¿Qué pasó?',
    'RWwgbmnxbyBjb21p8yB1bmEgbWFuemFuYSBtYfFhbmEgeSBlc3ThIGFxde0uIL9RdekgcGFz8z8=',
  ],
  [
    'windows-1251',
    'Москва — столица России, город федерального значения.',
    'zO7x6uLgIJcg8fLu6+j24CDQ7vHx6OgsIOPu8O7kIPTl5OXw4Ov87e7j7iDn7eD35e3o/y4=',
  ],
  [
    'koi8-r',
    'Москва является столицей России, городом федерального значения.',
    '7c/Ty9fBINHXzNHF1NPRINPUz8zJw8XKIPLP09PJySwgx8/Sz8TPzSDGxcTF0sHM2M7Px88g2s7B3sXOydEu',
  ],
  [
    'windows-1250',
    'Zażółć gęślą jaźń. Łódź jest dużym miastem, a książki są ciężkie.',
    'WmG/87PmIGfqnGy5IGphn/EuIKPzZJ8gamVzdCBkdb95bSBtaWFzdGVtLCBhIGtzabm/a2kgc7kgY2nqv2tpZS4=',
  ],
];

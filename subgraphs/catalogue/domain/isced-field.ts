// ISCED-F 2013 (UNESCO) as the European Commission publishes it at http://data.europa.eu/snb/isced-f: detailed fields
// by broad field; the narrow and broad ones are their prefixes. `0` and `9` ends are "not further defined" and "not
// elsewhere classified", `88` ends are interdisciplinary.
const detailedFields = `
0000 0011 0021 0031 0099
0110 0111 0112 0113 0114 0119 0188
0200 0210 0211 0212 0213 0214 0215 0219 0220 0221 0222 0223 0228 0229 0230 0231 0232 0239 0288 0299
0300 0310 0311 0312 0313 0314 0319 0320 0321 0322 0329 0388 0399
0400 0410 0411 0412 0413 0414 0415 0416 0417 0419 0421 0488 0499
0500 0510 0511 0512 0519 0520 0521 0522 0529 0530 0531 0532 0533 0539 0540 0541 0542 0588 0599
0610 0611 0612 0613 0619 0688
0700 0710 0711 0712 0713 0714 0715 0716 0719 0720 0721 0722 0723 0724 0729 0730 0731 0732 0788 0799
0800 0810 0811 0812 0819 0821 0831 0841 0888 0899
0900 0910 0911 0912 0913 0914 0915 0916 0917 0919 0920 0921 0922 0923 0929 0988 0999
1000 1010 1011 1012 1013 1014 1015 1019 1020 1021 1022 1029 1030 1031 1032 1039 1041 1088 1099
9999`

const knownFields = new Set(
  detailedFields
    .trim()
    .split(/\s+/)
    .flatMap((code) => [code, code.slice(0, 3), code.slice(0, 2)]),
)

/** Whether the text is a broad (2 digits), narrow (3) or detailed (4) field of ISCED-F 2013. */
export function isIscedField(code: string): boolean {
  return knownFields.has(code)
}

/**
 * The ISCED-F digits in a code or in a URI that ends in one (`…/isced-f/0611` → `0611`). Digits beyond the fourth are
 * national detail and are cut. Anything else is passed on as it is, for the validation to name it.
 */
export function toIscedField(text: string): string {
  const match = /(?:^|\/)(\d{2,6})$/.exec(text.trim())
  return match?.[1]?.slice(0, 4) ?? text
}

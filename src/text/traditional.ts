/**
 * Traditional characters led to simplified ones, for keys only: what is shown or exported stays as written.
 *
 * Source: the OpenCC tables (`opencc-js`), with phrases, so that 乾隆 stays and 乾淨 becomes 干净. Made on first use
 * (some ten milliseconds). Guarantee: a text without a traditional character comes back as it is.
 * Limit: phrases may change the length, so offsets of the key are not offsets of the text.
 */
import { Converter } from "opencc-js/t2cn";

/** Common characters that simplified texts do not use: one of them in a text says which script it is in. */
const TRADITIONAL =
  /[國們來時為會個這說學對發經過還點現實業開關門問間見長東車馬魚鳥龍黨華體與義無從眾產農導總統戰爭際體處務條議論認識讓請調談計設許證據權機構極標檢樣橋歷壓應廣慶廳歲當選進達遠連運適遷遺邊郵鄉鄰醫釋錢銀鐵錄鎮隊階陽陰隨險難電靈靜頁順須預領頭題顯風飛飯養餘騙驗類願顧]/u;

let converter: ((text: string) => string) | undefined;

export function hasTraditional(text: string): boolean {
  return TRADITIONAL.test(text);
}

/** The text in simplified characters. */
export function toSimplified(text: string): string {
  const convert = converter ?? Converter({ from: "t", to: "cn" });
  converter = convert;
  return convert(text);
}

/** The text in simplified characters if it seems to be traditional, else the text itself without any work. */
export function toSimplifiedKey(text: string): string {
  return hasTraditional(text) ? toSimplified(text) : text;
}

/** Datelines: what a news agency puts in front of its text. A copy without one has lost nothing. */

/** 新华社北京2月3日电, 本报讯, BEIJING, June 17 (Xinhua) --: at the beginning of the text itself. */
export const DATELINE_START = new RegExp(
  [
    "^[(（【]?(?:新华社|新華社|中新社|人民日报|人民日報|人民网|新华网|央视网|中新网|本报|本報|本社)[^，。]{0,14}?(?:\\d{1,2}月)?\\d{1,2}日\\s?(?:电|電|讯|訊)",
    "^[(（【]?本(?:报讯|報訊)",
    "^[A-Z][A-Za-z'’.]+(?:[ -][A-Z][A-Za-z'’.]+){0,4},\\s(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\\.?\\s\\d{1,2}\\b[^.]{0,30}?(?:\\(Xinhua\\)|--|—|–|\\s-\\s)",
  ].join("|"),
  "u",
);

/**
 * Word lists of general official prose, in simplified script; `foldScript` brings traditional text to it, character
 * by character, for looking words up in these lists (never for what is shown).
 *
 * The lists say what kind of word stands at an edge. They hold function words, common verbs and name endings of the
 * register as a grammar would list them; no list was taken from a text that the extractor is measured on.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u).filter((word) => word !== ""));

/** A formulation neither begins nor ends with one of these, as a whole word. They are free neighbours. */
export const GRAMMAR_WORDS = words(`
  的 了 着 过 地 得 和 与 及 以及 或 或者 而 且 而且 并 并且 也 都 还 又 就 才 则 却 但 但是 同 跟 暨
  在 于 对 对于 关于 向 从 自 由 被 把 将 使 让 令 给 为 为了 以 用 按 按照 根据 依据 通过 经 经过 随着 由于 沿着 围绕 针对 遵照 本着 朝着 比 至 到 往 因
  因为 因此 所以 如果 只要 只有 无论 不论 不管 虽然 尽管 即使 既 既是 也是 不仅 不但 不只 从而 进而 然而 同时 此外 另外 总之 那么 于是 例如 比如 特别是 尤其是 包括
  是 不是 就是 有 没有 无 非 这 那 这些 那些 这个 那个 这种 这样 那样 此 该 其 其中 其他 它 他 她 我 你 您 我们 你们 他们 它们 她们 咱们 自己 大家 本 谁 什么 怎么 如何 怎样
  一个 一些 一种 一次 每 某 要 会 能 能够 可 可以 可能 应 应当 应该 必须 需要 须 需 曾 已 已经 正 正在 不 没 未 勿 莫 很 更 最 太 十分 非常 比较 尤其
  等 等等 之 所 吗 呢 吧 啊 哦 们 个 位 名 次 项 件 条 种 年 月 日 来 去 起来 下来 下去 出来 上来 上去 仍 仍然 再 只 便 如 像 即 若 倘若 除 除了 凡 凡是
  以来 之间 之后 之前 之中 之内 之外 之一 以后 以前 以上 以下 以内 期间 当中 的话 时候 今天 昨天 明天 现在 目前 当前 日前 近日 今后 今年 去年 明年 近年来 不断 以便 以免 另 各自 来自 有些 有的 越 越是 越来越
  以 据 共 均 皆 乃 何 彼 吾 汝 矣 哉 焉 尔 俱 遂 嘅 係 唔 喺 咗 也要 还要 都要 又要 就要 既要 要把 要以 要在
`);

/** Fine inside and at the beginning, not as the last word. */
export const DIRECTION_WORDS = words("上 中 下 内 外 前 后 里 间 时 旁 左右 方面 过程中 以外 其间 上面 下面 里面 处");

/** Words before which the name proper begins: adverbs and modal phrases of the register. Free on the left. */
export const ADVERBS = words(`
  坚决 进一步 切实 全面 积极 认真 深入 始终不渝 矢志不渝 坚持不懈 持之以恒 坚定不移地 一如既往 不断 大力 充分 努力 加快 着力 扎实 有效 更加 更好 继续 始终 及时 严格 坚定 坚定不移 毫不动摇 必须 尽快 尽早 尽量 尽力 全力 全力以赴 统筹 依法 科学
  持续 稳步 稳妥 有序 逐步 逐渐 自觉 主动 牢牢 牢固 紧紧 密切 高度 共同 普遍 基本 大幅 明显 显著 迅速 立即 随时 随地 集中 直接 间接 重点 首先 其次 最后 一定 决不 绝不 决不能 不能 不要 不得 不可 务必 力争 特别 真正 广泛 反复 多次 正式 亲自 分别 分类 精准 稳定 合理 妥善 审慎 深刻 准确 全面 完全 彻底 坚强 狠狠 千方百计 善于 勇于 敢于 乐于 甘于 一律 一道 一起 先后 长期 永远 一直 再次 重新 相互 互相 彼此 通盘 整体 系统 有力 有力有序 有序有效 抓紧 尚 尚未 均已 并将 也将 仍将 已在 正以 更要 更是 较 极 极其 甚 尤 颇 略 稍 日益 愈 愈加 当即 随即 从速 从严 依规 依纪 按时 按期 如期 适时 择优 优先 重点 分步 同步
`);

/** Adverbs that only press; others (全面, 依法, 集中) say how and may belong to the wording. */
export const PRESSING_ADVERBS = words(
  "坚决 进一步 切实 始终 努力 不断 继续 更好 尽快 大力 认真 必须 积极 着力 加快 坚定 坚定不移 毫不动摇 全力 全力以赴 充分 深入 扎实 务必 牢牢 紧紧 及时 严格 自觉 主动 不得 不能 不要 决不能 首先 特别 高度 更加 持续 力争 一定",
);

/** Verbs of official prose: free neighbours on both sides. */
export const VERBS = words(`
  加强 推进 打赢 坚持 做好 抓好 落实 完善 提高 建设 发展 维护 保障 促进 推动 实施 实现 开展 加大 强化 深化 优化 扩大 支持 鼓励 引导 组织 动员 确保 保持 防止 遏制 增强 做到 贯彻 学习 宣传 讲好 健全 建立 构建 打造 培育 发挥 服务 满足 解决 应对 防范 化解 打击 惩治 严惩 治理 监管 管理 控制 降低 减少 提升 改善 巩固 拓展 夺取 取得 赢得 打好 打响 抓紧 抓住 抓实 听取 研究 部署 召开 出席 主持 发表 指出 强调 要求 决定 表示 致以 审议 通过 印发 制定 出台 修订 履行 承担 尊重 保护 关心 关爱 帮助 参与 投入 调动 激发 释放 培养 选拔 表彰 成立 设立 举办 举行 参加 开放 传达 讲话 作出 做出 作为 成为 认为 提出 提供 形成 树立 弘扬 践行 遵循 遵守 执行 贯穿 体现 反映 汇报 报告 检查 督查 监督 考核 评价 评估 总结 分析 研判 谋划 规划 把握 认识 理解 掌握 了解 看到 面对 面临 克服 战胜 消除 杜绝 避免 排查 整治 整改 纠正 查处 追究 惩处 反对 抵制 防治 预防 救治 治疗 生产 供应 调配 配备 配置 利用 运用 使用 采取 采用 进行 给予 予以 加以 聚焦 瞄准 突出 注重 重视 关注 凝聚 团结 带领 领导 指导 指挥 协调 配合 协同 合作 交流 沟通 联系 结合 融合 衔接 适应 符合 达到 完成 超过 增加 增长 上升 下降 扩展 延伸 推广 普及 传播 宣讲 教育 培训 激励 奖励 处分 处理 处置 办理 审批 批准 同意 授权 签署 签订 发布 公布 公开 通报 通知 提醒 警示 启动 运行 运转 恢复 重建 修复 改造 改革 创新 创造 研发 攻克 突破 探索 试点 奋战 奋斗 拼搏 奉献 牺牲 慰问 感谢 致敬 代表 受 获 获得 享有 享受 具有 拥有 存在 处于 位于 属于 关系 事关 涉及 影响 导致 造成 引发 引起 出现 发生 发现 进入 迈入 走向 走出 走好 走 打 抓 搞 做 用好 办好 管好 守好 建好 用 把好 守住 稳住 兜住 筑牢 压实 夯实 补齐 补 强 树 立 讲 说 称 举 推 保 稳 促 防 控 治 建 看 干 谋 守 护 救 助 送 开 出 进 入 走进 深入 会见 会谈 访问 抵达 前往 考察 调研 视察 参观 签 主张 呼吁 希望 愿 祝 祝愿 欢迎 赞赏 感到 相信 坚信 期待 致力于 有助于 有利于 服从 服从于 服务于 立足 立足于 着眼 着眼于 根植 围绕
`);

/** Complete but nothing to decide: a candidate of these words alone ranks low. */
export const GENERIC_WORDS = words(`
  工作 问题 情况 方面 措施 任务 目标 能力 力度 水平 重点 重要 作用 有关 相关 进行 开展 加强 推进 做好 抓好 支持 落实 推动 积极 进一步 切实 不断 努力 有效 加大 加快 强化 完善 增强 确保 实现 促进 坚持 要求 需要 必须 以及 各种 各项 各类 各方 各方面 各地 部分 一些 这次 此次 本次 这个 主要 具体 一般 特别 更加 更 好 新 大 多 高 关键 针对性 有针对性 可能 出现 时候 时间 期间 内容 方式 方法 办法 形式 条件 过程 程度 范围 领域 机会 影响 原因 结果 效果 成效 意义 意见 建议 关系 状况 状态 局面 不同 其他 所有 全部 许多 大量 存在 取得 作出 做到 带来 包括 认真 深入 及时 严格 充分 第一 第二 第三 目前 当前 今年 去年 全年 当地 单位 人员 力量 实际 特点 参加 继续 提供 采取 解决 处理 面临 对待 围绕 了解 掌握 重要性 必要性 紧迫性 科学性 有效性 发生 开始 结束 前往 来到 离开 提出 产生 上述 以下 有的 之一 那里 这里 分析 研究
`);

/** Words of every field: abstract nouns, common adjectives and verbs. Two of them beside each other name nothing in particular. */
export const LIGHT_WORDS = words(`
  建设 体系 保障 项目 经验 优势 秩序 社会 重大 显著 明显 突出 基本 物资 道路 方向 前进 前途 正确 未来 展望 回顾 政策 方针 法律 法规 生命 身体 健康 安全 生活 生产 经济 发展 变化 改变 进步 成就 成果 成绩 成功 胜利 失败 困难 风险 挑战 机遇 压力 动力 活力 潜力 实力 优秀 先进 伟大 光荣 光辉 美好 良好 巨大 广大 广泛 深刻 丰富 复杂 严峻 艰巨 宝贵 必要 相应 合理 稳定 平稳 良性 健全 完整 统一 共同 公共 社会 国家 政府 人民 群众 个人 企业 单位 机构 部门 组织 地区 地方 区域 城市 农村 世界 国际 国内 全国 全球 各级 上下 内部 外部 历史 现实 现代 传统 时代 时期 阶段 步骤 环节 基础 前提 条件 根本 核心 关键 焦点 中心 原则 标准 规范 规定 规律 规模 结构 机制 制度 体制 模式 系统 网络 平台 渠道 途径 手段 工具 资源 资金 资料 信息 数据 技术 科技 知识 文化 思想 精神 观念 理念 意识 态度 立场 观点 理论 实践 行动 活动 事业 事件 事情 现象 矛盾 需求 需要 利益 权利 权力 责任 义务 职责 作风 行为 表现 过程 进程 速度 质量 效率 效益 价值 意愿 愿望 信心 决心 热情 希望 梦想 计划 规划 方案 部署 安排 准备 调整 变动 改善 改进 改革 创新 开放 合作 交流 参与 配合 协调 沟通 联系 结合 管理 治理 监督 检查 服务 教育 宣传 培训 学习 研究 调查 分析 总结 评价 考核 执行 实施 运行 运用 使用 利用 保护 维护 保持 支撑 支持 帮助 指导 引导 领导 干部 人才 队伍 团队 同志 代表 专家 供应 需要 分配 消费 投资 市场 产业 行业 领域 产品 商品 价格 成本 收入 支出 增长 下降 提升 提高 扩大 突破 转变 转化 转型 升级 优化 巩固 扩展 推向 迈向 走向 实际 具体 整体 全面 全局 大局 局部 长期 短期 当前 今后 新型 严重 恶劣 正常 有序 有力 强大 强烈 坚定 坚实 第一线 一线 负责同志 负责人
`);

/** Prepositions that take an object: what follows one everywhere, verb and all, is a piece. */
export const PREPOSITIONS = words("把 将 使 让 令 被 为 为了 以 向 与 同 跟 从 对 朝着 沿着 按 按照 根据 通过 随着 由 在");

/** They link sentences and name nothing. */
export const CONNECTIVES = words(`
  与此同时 另一方面 一方面 整体而言 总体而言 总体来看 总体来说 一般而言 一般来说 具体而言 具体来说 相对而言 总的来说 总的来看 总的说来 也就是说 换句话说 换言之 不仅如此 除此之外 除此以外 相比之下 由此可见
  综上所述 在此基础上 结果表明 结果显示 数据显示 研究表明 研究发现 调查显示 据了解 据介绍 据报道 事实上 实际上 毫无疑问 众所周知 简而言之 总而言之 到目前为止 目前为止 截至目前 什么东西 不知道 在这种情况下 从这个意义上说 更重要的是
  值得注意的是 需要指出的是 有鉴于此 正因为如此 正因如此 归根到底 归根结底 如上所述 所谓的 在一定程度上 越来越多 越来越大 前所未有
`);

/** Somebody says what follows the colon. */
export const SPEECH_VERBS = words("说 道 问 曰 云 答 笑道 说道 问道 答道 喊道 叫道 心道 骂道 叹道 写道 回答 笑着说 告诉记者");

export const PRONOUNS = words(
  "我 你 您 他 她 它 我们 你们 他们 她们 它们 咱们 这 那 这些 那些 这个 那个 这次 那次 此次 本次 这里 那里 这样 那样 这种 那种 这场 其 本 此 该 自己 大家 某 某些 任何",
);

/** Who said it; with a name or 会议 in front, a formula of reporting. */
export const REPORTING_VERBS = words(
  "指出 强调 要求 表示 认为 提出 说 称 指示 宣布 决定 介绍 谈到 透露 重申 主张 号召 呼吁 讲话 批示 致辞 致词 听取 审议 召开 出席 主持 发表 研究",
);

/** Name endings, the longest first where one ends another. */
export const INSTITUTION_ENDINGS = words(`
  委员会 领导小组 工作组 指导组 督导组 专家组 指挥部 司令部 总部 办公室 办公厅 秘书处 书记处 政治局 常委会 军委 国务院 总局 管理局 法院 检察院 研究院 研究所 科学院 学院 大学 医院 中心 联合会 协会 学会 基金会 集团 公司 银行 兵团 代表团 代表大会 人大 政协 政府 大使馆 领事馆 联合国 组织 联盟 合作组织 理事会 机制 机关 部门 联席会议 司法部 外交部 财政部 教育部 商务部 国防部 公安部 宣传部 组织部 统战部 事务局 事务署 廉政公署 警务处 立法会 行政会议 管理局 出版社 通讯社 日报 健康委 发改委 改革委 国资委 纪委 省委 市委 县委 党委 党组 支部 总会 商会 工会 妇联 共青团
`);
export const TITLE_ENDINGS = words(
  "总书记 书记 主席 副主席 总理 副总理 部长 副部长 委员 常委 主任 副主任 省长 市长 县长 局长 处长 司长 院长 校长 代表 总统 总干事 秘书长 理事长 会长 行长 大使 特首 行政长官 长官 专员 司令员 政委 同志 工作者 负责人 负责同志 指战员 志愿者 发言人",
);
export const LAW_ENDINGS = words(
  "法 条例 规定 办法 细则 决定 意见 通知 纲要 章程 准则 宪法 法典 公约 协定 议定书 宣言 公报 白皮书 草案 基本法",
);
export const PROGRAMME_ENDINGS = words(
  "战略 制度 体制 政策 工程 计划 行动 倡议 方案 体系 机制 原则 方针 总基调 共同体 攻坚战 保卫战 阻击战 总体战 人民战争 方略 理念 思想 理论 道路 布局 格局 目标 规划 责任制 改革 革命 现代化 经济带 试验区 自贸区 新区 大湾区 示范区 基金 项目 措施 总要求 基本面 生命线 保险 专项",
);

/** Verbs that name a field of work and may stand in the name of a body: 国务院扶贫开发领导小组, but not 香港成为…中心. */
export const NAMING_VERBS = words(
  "应对 管理 监督 监管 检查 督查 开发 治理 改革 深化 防控 防治 研究 促进 保障 服务 建设 教育 培训 合作 交流 协调 统筹 推进 指导 领导 指挥 规划 发展 保护 维护 救助 救治 预防 宣传 组织 创新 评估 评价 考核 审批 传播 生产 供应 处置 处理 防范 化解 办理 执行 整治 恢复 重建 联系 动员 调查 配置 运行 支持 帮助 运用 利用 治疗",
);

/** Numerals that label a slogan (四个意识, 三大攻坚战), and the measure words that may follow. */
export const SLOGAN_NUMERALS = "一二两三四五六七八九十双";
export const SLOGAN_MEASURES = "个大项种条严实新";

/** Prepositions with which a whole phrase may begin, when the partner stands inside. */
export const PHRASE_OPENERS: readonly (readonly [string, string])[] = [
  ["把", "放在"],
  ["把", "作为"],
  ["把", "纳入"],
  ["把", "落实"],
  ["把", "摆在"],
  ["将", "纳入"],
  ["为", "提供"],
  ["为", "服务"],
  ["为", "作出"],
  ["以", "为"],
  ["让", "在"],
  ["让", "成为"],
  ["使", "成为"],
  ["从", "到"],
  ["在", "下"],
  ["由", "向"],
  ["不", "不"],
  ["既", "又"],
  ["再", "再"],
  ["更", "更"],
  ["无", "无"],
  ["有", "有"],
  ["会", "会"],
  ["能", "能"],
  ["应", "尽"],
  ["与", "共"],
  ["对", "负责"],
  ["非", ""],
  ["本", ""],
  ["不敢", ""],
  ["最", ""],
];

/** Traditional and simplified form of each character of the lists above that differs, in pairs. */
const SCRIPT_PAIRS =
  "並并佈布來来係系個个們们備备傳传儘尽優优內内則则創创劃划動动務务勝胜勞劳區区協协參参員员問问嚴严國国團团執执報报奮奋學学實实審审將将對对導导幾几庫库廣广廳厅強强後后從从復复徵征徹彻慮虑憑凭憲宪應应懲惩懷怀戰战戶户揮挥擁拥" +
  "據据擬拟擴扩攜携數数斷断於于時时暫暂書书會会條条業业極极構构樂乐標标機机檢检權权歷历歸归氣气決决沒没況况準准滅灭滿满漸渐潔洁為为無无爭争獎奖獲获獻献現现環环產产畫画當当療疗發发盡尽監监眾众確确碼码種种稱称積积穩稳築筑簡简" +
  "簽签籌筹約约級级細细終终組组結结絕绝絡络給给統统經经維维網网線线練练縣县總总織织續续罰罚義义習习聯联聲声職职聽听與与興兴舉举舊旧薦荐藝艺蘭兰處处號号衛卫裏里裝装裡里製制複复見见規规視视觀观訂订計计討讨訓训託托記记訪访設设" +
  "許许該该詳详認认語语誤误說说調调談谈請请論论諮咨謀谋講讲謝谢證证識识譯译議议護护譽誉讓让財财貢贡貨货販贩貫贯責责費费賀贺資资質质賴赖賽赛贊赞趕赶趨趋較较載载輔辅輪轮辦办農农這这連连進进運运過过達达遞递遠远適适遲迟遷迁選选" +
  "邁迈還还邊边鄉乡鄰邻醫医釋释銀银銷销錄录錢钱鍵键鎮镇鐵铁長长門门閉闭開开間间關关陽阳隊队階阶際际隨随隱隐雙双雜杂離离難难電电響响順顺須须預预領领頭头頻频顆颗題题額额願愿類类顧顾顯显風风飛飞養养館馆馬马驅驱驗验體体鬥斗魚鱼" +
  "鳥鸟麗丽麼么點点黨党齊齐齡龄龍龙";

const SIMPLIFIED: ReadonlyMap<number, number> = new Map(
  Array.from({ length: SCRIPT_PAIRS.length / 2 }, (_, i) => [SCRIPT_PAIRS.charCodeAt(2 * i), SCRIPT_PAIRS.charCodeAt(2 * i + 1)]),
);

/** The word as the lists write it. */
export function foldScript(word: string): string {
  let folded = "";
  for (let i = 0; i < word.length; i++) folded += String.fromCharCode(SIMPLIFIED.get(word.charCodeAt(i)) ?? word.charCodeAt(i));
  return folded;
}

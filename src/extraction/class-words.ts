/** Words that tell the class of a formulation, in simplified script; general words of the register, none from a measured text. */
const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u).filter((word) => word !== ""));

/** Verbs that stand as nouns before or behind a noun as often as not: 治理体系, 疫情防控, 科研攻关. They open no phrase. */
export const NOUN_VERBS = words(`
  管理 保障 治理 建设 发展 服务 防控 防治 预防 监管 监督 救治 治疗 改革 教育 培训 创新 生产 供应 组织 领导 指挥 研究 合作 交流 控制 决策 部署 决定 要求 规定 指示 批示 报告 通知 通报 考核 评估 评价 检查 督查 规划 计划
  指导 引导 宣传 支持 调查 分析 研判 试点 保护 开放 投入 投资 消费 就业 创业 援助 捐赠 交易 应用 运行 运转 安排 调度 调配 配置 联系 沟通 协调 协同 配合 工作 行动 斗争 攻关 研发 诊断 诊疗 检测 监测 预警 观察 隔离 生活 学习 代表
  审批 审议 评审 执法 司法 立法 普法 登记 申请 申报 复工 复产 贸易 出口 进口 运输 储备 保险 信用 融资 贷款 减税 降费 结合 联动 贯通 突破 转型 升级 竞争 增长 存款 交割 结算 披露 认可 授权 应急 示范 激励 参与 享受 影响 感染 传播 流行
  联防 联控 群防 群治 统战 团结 民主 自治 法治 执政 变革 复兴 振兴 崛起 溯源 繁荣 奋斗 劳动 创造 实践 认识 启动 体现 反映
`);

/** Verbs that open a phrase though the extractor does not need them as free neighbours. */
export const PHRASE_VERBS = words(`
  开拓 进取 克难 前移 当家作主 瞩目 决战 决胜 切断 阻断 抗击 回应 建成 降到 领会 跟踪 警惕 迎接 赢取 攻坚克难 守牢 扛起 扛牢 担当 坚守 摒弃 传承 凝心 铸牢 铸就 谱写 开创 富民 造福 惠及 缩小 挖掘 盘活 畅通 疏通 清除 铲除 遏止 抑制 扭转 摆脱 推翻 废除 取消 撤销 停止 暂停 放宽 放开 收紧 压减 削减 淘汰 引进 吸引 挖潜 顺应 迎合 秉持 恪守 信守 捍卫 拥护 高举 紧扣 紧盯 盯紧 牢记 铭记 不忘 甘于 勇于 敢于 善于 力争 争取 谋求 追求 寻求 走出 迈向 迈上 踏上 奔向
`);

/** What is done at an occasion, and what makes it one. */
export const REPORTED_ACTS = words("召开 主持 出席 发表 听取 审议 主持召开 作出 会见 致电 致信 传达");
export const REPORTED_OBJECTS = /会议$|讲话$|座谈会$|汇报$|报告$|致辞$|演讲$|仪式$|批示$|指示$|大会$|全会$|会谈$|贺信$|慰问电$/u;

/** Bodies that have no telling ending, or a shared one. */
export const STATE_BODIES = words(`
  党中央 国务院 中央 中共中央 国家 全国人大 全国政协 中央政治局 政治局 中央军委 中央书记处 人民政府 省委 市委 县委 各级党委 联合国 欧盟 东盟 世卫组织 世界卫生组织 世界贸易组织 世贸组织 国际货币基金组织 世界银行 中国共产党 共产党 人民解放军 中国人民解放军 金管局 证监会 银保监会 最高人民法院 最高人民检察院 妇联 总工会 各部门 各地区各部门
`);

/** 法 alone ends many words (办法, 疗法); before it stands what a law is about. */
export const LAW_NAME =
  /条例$|法典$|(?:宪|刑|民|税|诉讼|保护|防治|管理|组织|监督|处罚|合同|公司|促进|基本|程序|物权|选举|劳动|教育|卫生|环境|投资|监察|兵役|国籍|仲裁|行政|银行|证券|保险|破产|海关|商标|专利|著作权|垄断|权益|食品|药品|网络|数据|安全|管制|立|代表|公务员|法官|检察官|律师|土地|农业|森林|草原|渔业|矿产资源|水|电力|能源|铁路|公路|航空|港口|邮政|广告|价格|预算|审计|会计|统计|计量|标准化|产品质量)法$/u;

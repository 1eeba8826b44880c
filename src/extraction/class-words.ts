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
  脱离 奉行 遵循 履行 兑现 违反 违背 遵守 触犯 侵犯 侵占 挪用 贪污 窃取 盗取 伪造 捏造 篡改 隐瞒 谎报 揭露 揭示 拒绝 接受 放弃 抛弃 背离 偏离 远离 靠近 接近 进入 退出 离开 返回 抵达 前往 穿越 跨越 超越 突出 彰显 展现 展示 呈现 显现 流露 表达 传递 递交 提交 颁发 颁布 公布 发布 签署 签订 缔结 撕毁
  增发 增设 增添 增进 扩大 扩充 扩建 新建 兴建 修建 搭建 组建 创建 创办 开办 举办 承办 主办 削弱 减弱 减轻 减缓 减少 降低 抬高 提升 拉动 带动 驱动 推迟 延迟 延长 缩短 打击 抓捕 逮捕 拘留 起诉 判处 处死 驱逐 遣返 收购 出售 购买 抛售 囤积 垄断 操纵 操控 掌握 掌控 把握 抓住 抓紧 占据 占领 攻占 夺取 争夺 赢得 获得 取得 失去 丧失 丢失 恢复 重返 重启 重塑 改写 改善 改变 改进 扭曲 歪曲 误导 欺骗 蒙蔽 煽动 挑起 引发 引起 导致 造成 诱发 触发
  凝聚 汇聚 集聚 团聚 牵住 稳住 保住 守住 留住 兜住 托住 站稳 站好 办好 管好 用好 学好 讲好 建好 抓好 搞好 做好 做大 做强 做优 理顺 厘清 摸清 看清 认清 分清 划清 补齐 补足 补上 填补 弥补 夯牢 筑牢 扎牢 拧紧 压实 落细 抓细 抓实 注入 植入 融入 投身 献身 置身 扎根 立足 着眼 着力 致力 聚焦 瞄准 对准 面向 面对 直面 应对 抵御 抵制 抵抗 反抗 反对 反击 回击 击退 击败 战胜 克服 攻破 突围 冲破 打破 打通 打好 打造 前进 迈进 解放
  担任 充当 担负 承担 肩负 依靠 依赖 仰仗 借助 凭借 变为 成为 化为 转为 变成 视为 当作 修正 纠正 改正 更正 经受 承受 忍受 遭受 遭遇 蒙受 渡过 度过 经过 走过 分享 共享 分担 抽调 调集 派遣 派出 选派 委派 任命 任用 聘任 录用 雇用 解雇 开除 引入 导入 调高 调低 上调 下调 维持 维系 延续 继承 发扬 发挥 发动 动用 启用 采用 采取 选用 选择 挑选 制定 制订 拟定 起草 编制 编写 撰写 修订 修改 增强 加强 加深 加速 加剧 恶化 缓和 平息 化作 超过 达到 实现 完成 结束 开始 着手 展开 开展 进行 举行 参加 出席 加入 退回 满足 符合 适合 迁就 忽视 轻视 无视 蔑视 重视 珍惜 爱护 呵护 关心 关爱 关注 照顾 照料 帮助 协助 辅助 扶持 资助 救济 慰问 看望 拜访 访问 参观 考察 寻找 寻觅 探寻 探索 探讨 讨论 争论 解释 阐述 阐明 论述 描述 描绘 刻画 讲述 叙述 回顾 回忆 怀念 纪念 缅怀 庆祝 祝贺 欢迎 迎来 送走 等待 期待 盼望 希望 渴望 向往 热爱 喜爱 憎恨 痛恨 厌恶 害怕 担心 忧虑 怀疑 相信 信任 忠于 服从 听从 违抗 逃避 躲避 回避 避免 防止 制止 阻止 阻碍 妨碍 干扰 扰乱 破坏 摧毁 毁灭 消灭 消除 排除 扫除 驱散 解除 解决 解答 回答 提问 询问 请求 恳求 命令 强迫 迫使 促使 鼓舞 激发 激起 唤醒 唤起 点燃 照亮 遮蔽 掩盖 覆盖 包含 包括 涵盖 囊括 属于 位于 处于 来自 源于 基于 在于 归于 统一于 有利于 适用于 低于 高于 大于 小于 等于 不同于
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

/** A phrase with one of these is closed by 的 when it only modifies. */
export const CASE_WORDS = words("以 为 对 从 在 与 由 向 自");

/** One character that makes a noun of the verb or noun before it. */
export const NOUN_SUFFIXES = words(
  "期 号 者 员 率 力 性 度 法 式 型 器 机 仪 费 金 款 税 价 券 股 量 额 值 数 表 证 卡 剂 液 素 酶 菌 症 炎 癌 赛 伞 碑 塔 炉 箱 品 物 学 论 权 案 罪 界 业 化 所 院 馆 厂 场 屋 室 站",
);

/** Characters with which foreign names are written, and which other words seldom hold together. */
export const TRANSCRIBING: ReadonlySet<string> = new Set(
  "阿埃艾奥巴贝比宾波伯布查达戴德迪蒂丁杜顿多厄恩尔法菲费芬弗福戈格哈海汉赫胡基吉加贾卡凯坎科克肯库昆拉莱兰朗劳勒雷里利莉丽林琳卢鲁路伦罗洛马玛迈曼梅蒙米密莫默姆穆纳娜内尼妮涅诺努欧帕佩皮珀普齐奇切琼丘瑞萨塞桑莎沙什舍圣史施斯苏索塔泰坦汤特廷图托瓦威韦维温沃伍西希夏谢辛逊休雅亚伊因英约扎泽詹兹佐朱蕾薇黛",
);

/** Posts and forms of address beside the endings that name bodies and posts elsewhere. */
export const POST =
  /(?:工作者|指战员|秘书|专员|專员|总裁|董事长|总经理|先生|女士|将军|教授|博士|大臣|首相|法官|检察官|警长|议长|议员|州长|首席.{2,3}官)$/u;

/** Parties by what they call themselves. */
export const PARTY = /(?:人民|民主|共和|共产|国民|大会|社会|自由|保守|工|民进|进步|正义|联盟|绿)党$/u;

/** What a city is, not a body in it. */
export const PLACE_OF = /(?:金融|贸易|航运|经济|政治|文化|创新|旅游|交通|商业|物流|制造|交易|资产管理)中心$/u;

/** Bodies of which a kind may be meant as well as one of them. */
export const COMMON_BODY = /(?:公司|银行|医院|学校|学院|集团|企业|机构|部门|机关|协会|法院)$/u;
/** What makes one body of a kind: a place, a rank, a sign that it is the only one. */
export const PROPER = /^(?:中央|中国|国家|国际|世界|亚洲|欧洲|美国|英国|人民|最高|全国|香港|澳门|北京|上海|.*[省市县州区])$/u;

/** They end as programmes do and name an aim, a fund or a change in history. */
export const NO_PROGRAMME =
  /^(?:.{2,4}目标|.*的目标|.*基金|(?:产业|工业|技术|农业|信息|科技|能源|数字).*革命|.*主义现代化|会计政策|.*银行体系|体制机制|.*布局)$/u;

/** 处置机制: what is done, and the arrangement for it; with other verbs in front the arrangement is the object. */
export const ARRANGEMENTS = words("机制 制度 体系 体制 方案 计划 办法");
export const ARRANGED = words(
  "处置 处理 防范 化解 办理 执行 整治 恢复 重建 监督 监管 评估 评价 考核 审批 预防 救助 救治 保护 维护 联系 动员 调查 配置 运行 治疗 应对 协调 奖励 补偿 问责 预警",
);

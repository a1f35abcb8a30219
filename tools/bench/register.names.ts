// Words that names of generated firms are made of: places, trade names, trades with their industry and department, forms.

/** A trade in a name, its industry (GB/T 4754-2017) and the department competent for it; the number is how often it occurs. */
export const trades: readonly (readonly [word: string, industry: string, department: string, weight: number])[] = [
  ['商贸', '51', 'commerce', 16], ['贸易', '51', 'commerce', 8], ['餐饮管理', '62', 'commerce', 9], ['酒店管理', '61', 'commerce', 4], ['超市', '52', 'commerce', 6], ['汽车销售', '52', 'commerce', 3],
  ['建筑工程', '48', 'housing', 8], ['装饰工程', '50', 'housing', 6], ['房地产开发', '70', 'housing', 3], ['物业管理', '70', 'housing', 5],
  ['科技', '65', 'bigdata', 12], ['信息技术', '65', 'bigdata', 5], ['网络科技', '64', 'bigdata', 4], ['医药', '27', 'industry', 3], ['机械制造', '34', 'industry', 4], ['电子科技', '39', 'industry', 3], ['食品', '14', 'industry', 4], ['建材', '30', 'industry', 4],
  ['物流', '54', 'transport', 5], ['运输', '54', 'transport', 3], ['文化传媒', '88', 'culture', 6], ['旅游', '72', 'culture', 3], ['教育咨询', '83', 'education', 4], ['农业开发', '01', 'agriculture', 5], ['生态农业', '01', 'agriculture', 3],
  ['医疗器械', '51', 'health', 3], ['劳务', '72', 'labour', 4], ['人力资源', '72', 'labour', 2], ['安全技术', '74', 'emergency', 1], ['广告', '72', 'market', 5],
]
/** Characters of which trade names are made; several are read in two ways. */
export const characters = '鑫源宏达兴盛华泰永和金龙天瑞祥通恒信义德隆昌顺安康宁远大嘉佳美益民惠利丰润泽云山水江河海川林森木石玉宝珍珠星辰月阳光明辉耀腾飞翔宇航博文雅正诚实立创新建业成功伟强胜凯旋东南西北中长乐行重万千百亿众合同力聚汇融贯筑黔贵遵义梵净乌蒙苗岭侗寨'
export const roads = ['中华北路', '中华南路', '延安中路', '北京路', '宝山北路', '花果园大街', '观山东路', '长岭南路', '金阳南路', '甲秀南路', '富源北路', '新添大道', '诚信路', '兴筑路'] as const
/** Forms; traders (个体工商户) end in the second kind. */
export const companyForms = ['有限公司', '有限公司', '有限公司', '有限公司', '有限公司', '有限公司', '有限公司', '有限责任公司', '股份有限公司', '集团有限公司'] as const
export const traderForms = ['经营部', '店', '商行', '餐馆', '服务部', '加工厂', '便利店', '工作室'] as const

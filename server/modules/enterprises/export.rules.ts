// The words of exported firms: columns as the table that is imported names them, so that a file can come back, and codes in both languages.
import type { Bilingual } from '@fugong/contract/base'

export const codeWords: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  // As bulk import reads them.
  kind: { company: { zh: '企业', en: 'Company' }, trader: { zh: '个体工商户', en: 'Trader' }, cooperative: { zh: '合作社', en: 'Cooperative' }, publicBody: { zh: '机关事业单位', en: 'Public body' }, other: { zh: '其他', en: 'Other' } },
  class: { general: { zh: '一般企业', en: 'General' }, firstBatch: { zh: '首批复工', en: 'First batch' }, vital: { zh: '保障类', en: 'Vital' } },
  state: { active: { zh: '存续', en: 'Active' }, closed: { zh: '已注销或停业', en: 'Closed' }, merged: { zh: '已并入其他企业', en: 'Merged' } },
  size: { large: { zh: '大型', en: 'Large' }, medium: { zh: '中型', en: 'Medium' }, small: { zh: '小型', en: 'Small' }, micro: { zh: '微型', en: 'Micro' }, notApplicable: { zh: '不划型', en: 'Not graded' }, undetermined: { zh: '未定', en: 'Not known' } },
  codeState: { valid: { zh: '已校验', en: 'Checked' }, pending: { zh: '待核实', en: 'To be confirmed' }, confirmed: { zh: '已人工核实', en: 'Confirmed by hand' } },
  department: {
    industry: { zh: '工业和信息化', en: 'Industry and information' }, commerce: { zh: '商务', en: 'Commerce' }, housing: { zh: '住房和城乡建设', en: 'Housing and construction' }, development: { zh: '发展改革', en: 'Development and reform' },
    health: { zh: '卫生健康', en: 'Health' }, labour: { zh: '人力资源和社会保障', en: 'Labour and social security' }, market: { zh: '市场监督管理', en: 'Market regulation' }, emergency: { zh: '应急管理', en: 'Emergency management' },
    agriculture: { zh: '农业农村', en: 'Agriculture' }, transport: { zh: '交通运输', en: 'Transport' }, culture: { zh: '文化和旅游', en: 'Culture and tourism' }, education: { zh: '教育', en: 'Education' }, bigdata: { zh: '大数据', en: 'Big data' },
  },
  assignee: { mine: { zh: '由我联系', en: 'by me' }, none: { zh: '本单位无人联系', en: 'by nobody of my unit' } },
}
/** What each filter is called; in the order in which a filter is said. */
export const filterLabels: Readonly<Record<string, Bilingual>> = {
  district: { zh: '地区', en: 'Area' }, street: { zh: '街道（乡镇）', en: 'Street or town' }, zone: { zh: '开发区', en: 'Development zone' }, industry: { zh: '行业', en: 'Industry' }, size: { zh: '规模', en: 'Size' }, class: { zh: '复工类别', en: 'Class' },
  kind: { zh: '主体类型', en: 'Kind' }, state: { zh: '存续状态', en: 'Status' }, codeState: { zh: '信用代码核验', en: 'Check of the credit code' }, flag: { zh: '标记', en: 'Flag' }, department: { zh: '主管部门', en: 'Department' },
  since: { zh: '登记日期从', en: 'Registered from' }, until: { zh: '登记日期到', en: 'Registered until' }, assignee: { zh: '联系干部', en: 'Looked after' }, q: { zh: '搜索', en: 'Search' },
}

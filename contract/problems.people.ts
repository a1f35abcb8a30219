// What can go wrong with rosters, in both languages; part of the registry in problems.ts.

export const peopleProblems = {
  'people.already_there': { status: 409, zh: '该证件号码已在本单位名册中', en: 'This ID number is on your roster already' },
  'people.too_many': { status: 409, zh: '名册已达 {limit} 人的上限，请联系管理员', en: 'The roster has reached its limit of {limit} people; tell an administrator' },
  'people.undo_over': { status: 409, zh: '已过可撤销的时间', en: 'It is too late to take this back' },
  'people.workplace_closed': { status: 409, zh: '该经营场所已关闭', en: 'This workplace is closed' },
  'people.poster_over': { status: 410, zh: '此二维码无效或已作废，请向单位索取新的', en: 'This code is not valid or was revoked; ask the firm for a new one' },
  'people.notice_changed': { status: 409, zh: '告知书已更新，请重新阅读后再提交', en: 'The notice has changed; read it again before you send' },
  'people.form_changed': { status: 409, zh: '登记表已更新，已填的内容保留，请核对后再提交', en: 'The form has changed; what you entered is kept, check it and send again' },
  'people.entries_full': { status: 429, zh: '该场所待确认的登记过多，请稍后再试或联系单位', en: 'Too many entries of this workplace wait for confirmation; try later or ask the firm' },
  'people.entry_decided': { status: 409, zh: '这条登记已处理', en: 'This entry has already been decided' },
  'people.rotation_running': { status: 409, zh: '正在更换密钥，请等它完成', en: 'Keys are being replaced; wait until that has ended' },
} as const satisfies Record<string, { status: number; zh: string; en: string }>

export const peopleIssues = {
  'issue.id_length': { zh: '居民身份证号应为 18 位，现为 {length} 位', en: 'A resident ID number has 18 characters; this one has {length}' },
  'issue.id_fifteen': { zh: '15 位的第一代身份证号已停用，请填写 18 位号码', en: 'Resident ID numbers of 15 digits are out of use; enter the one with 18' },
  'issue.id_letters': { zh: '证件号码含有不允许的字符', en: 'The ID number holds characters that cannot be in it' },
  'issue.id_province': { zh: '身份证号前两位 {digits} 不是省级代码', en: 'The first two digits {digits} of the ID number are no province' },
  'issue.id_birth': { zh: '身份证号中的出生日期不成立', en: 'The birth date in the ID number cannot be' },
  'issue.id_check': { zh: '身份证号校验位不符，请核对各位数字', en: 'The check character of the ID number does not fit; compare every digit' },
  'issue.id_tail': { zh: '请填证件号码的后四位', en: 'Enter the last four characters of the ID number' },
  'issue.id_shape': { zh: '证件号码与证件类型不符', en: 'The number does not fit the kind of document' },
  'issue.id_sex': { zh: '性别与身份证号不符', en: 'The sex differs from what the ID number says' },
  'issue.id_day': { zh: '出生日期与身份证号不符', en: 'The birth date differs from what the ID number says' },
  'issue.id_young': { zh: '未满 16 周岁，不得招用', en: 'Under 16: may not be employed' },
  'issue.workplace_unknown': { zh: '本单位没有名为“{name}”的经营场所', en: 'Your firm has no workplace called “{name}”' },
  'issue.workplace_closed': { zh: '该经营场所已关闭', en: 'This workplace is closed' },
  'issue.workplace_choose': { zh: '本单位有多处经营场所，请写明是哪一处', en: 'Your firm has several workplaces; say which one' },
  'issue.origin_unknown': { zh: '没有这个省、市或区县，请写全称或六位代码', en: 'There is no such province, city or county; write the full name or six-digit code' },
  'issue.origin_several': { zh: '同名的地方不止一个（{choices}），请写明省市', en: 'Several places have this name ({choices}); name the province and city' },
  'issue.observing_until': { zh: '观察中的人员须写明观察到哪一天', en: 'For people under observation give the day until which it lasts' },
  'issue.observation_runs': { zh: '观察期到 {until} 结束，之前不能转为在岗', en: 'Observation lasts until {until}; nobody goes on duty before' },
  'issue.move_unknown': { zh: '不能从当前状态转为这个状态', en: 'The present state does not lead there' },
  'issue.before_last': { zh: '早于上次变更的日期 {day}', en: 'Earlier than the last change, which was of {day}' },
  'issue.roster_full': { zh: '名册已达 {limit} 人的上限', en: 'The roster has reached its limit of {limit} people' },
} as const satisfies Record<string, { zh: string; en: string }>

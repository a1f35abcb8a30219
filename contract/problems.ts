// The one registry of everything that can go wrong at the wire: code, HTTP status and the words a reader sees, in both languages.
export type ProblemText = { status: number; zh: string; en: string }

/** Texts may name params as `{name}`; params never carry personal values. */
export const problems = {
  // every endpoint
  'validation.failed': { status: 422, zh: '有 {count} 处需要更正，内容尚未保存', en: '{count} entries need correcting; nothing has been saved' },
  'request.malformed': { status: 400, zh: '请求格式不正确，服务器没有读懂', en: 'The request could not be read' },
  'request.too_large': { status: 413, zh: '内容过大，上限 {limit}', en: 'Too large; the limit is {limit}' },
  'request.unsupported_type': { status: 415, zh: '不支持这种内容格式', en: 'This content type is not supported' },
  'request.timeout': { status: 503, zh: '处理时间过长，已停止，内容没有保存，请稍后重试', en: 'It took too long and was stopped; nothing was saved. Try again shortly' },
  'request.too_many': { status: 429, zh: '操作过于频繁，请在 {seconds} 秒后重试', en: 'Too many requests; try again in {seconds} seconds' },
  'request.key_reused': { status: 422, zh: '同一个请求编号已用于另一份内容', en: 'This request key was already used for different content' },
  'not_found': { status: 404, zh: '没有找到，或您无权查看', en: 'Not found, or not yours to see' },
  'server.failed': { status: 500, zh: '系统出错，内容没有保存。报修时请提供编号 {requestId}', en: 'Something failed and nothing was saved. Quote {requestId} when reporting it' },
  'server.busy': { status: 503, zh: '系统繁忙，内容没有保存，请在 {seconds} 秒后重试', en: 'The system is busy and nothing was saved; try again in {seconds} seconds' },
  'database.unavailable': { status: 503, zh: '数据库暂时无法连接，内容没有保存，请稍后重试', en: 'The database cannot be reached; nothing was saved. Try again shortly' },
  'session.required': { status: 401, zh: '请先登录', en: 'Sign in first' },
  'session.forbidden': { status: 403, zh: '您的岗位没有这项权限', en: 'Your role does not include this' },
  'session.read_only': { status: 403, zh: '正在以其他岗位查看，只能看、不能办理', en: 'You are viewing as another role: look, but no deeds' },
  'session.own_firm': { status: 403, zh: '本人企业的事项须由他人办理', en: 'Someone else must decide matters of your own firm' },
  'session.foreign_origin': { status: 403, zh: '请求来自其他网站，已拒绝', en: 'The request came from another site and was refused' },
  'conflict.changed': { status: 409, zh: '内容已被 {who} 于 {at} 更改，请查看最新内容后再办', en: 'Changed by {who} at {at}; look at the current state first' },

  // areas, calendars
  'areas.code_taken': { status: 409, zh: '区划代码 {code} 已存在', en: 'Area code {code} already exists' },
  'areas.not_a_street': { status: 422, zh: '社区（村）只能设在街道（乡镇）之下', en: 'Communities belong under a street or town' },

  // identity
  'identity.sign_in_failed': { status: 401, zh: '用户名、密码或验证码不正确', en: 'Wrong username, password or code' },
  'identity.sign_in_slowed': { status: 429, zh: '尝试次数过多，请在 {seconds} 秒后重试', en: 'Too many tries; wait {seconds} seconds' },
  'identity.code_wrong': { status: 401, zh: '验证码不正确或已过期', en: 'The code is wrong or has expired' },
  'identity.invitation_invalid': { status: 410, zh: '链接无效、已使用或已过期，请联系管理员重新发送', en: 'The link is invalid, used or expired; ask an administrator for a new one' },
  'identity.username_taken': { status: 409, zh: '用户名 {username} 已被使用', en: 'The username {username} is taken' },
  'identity.phone_taken': { status: 409, zh: '该手机号已属于另一账号', en: 'This phone number belongs to another account' },
  'identity.last_administrator': { status: 409, zh: '至少保留一名管理员，不能撤销最后一名', en: 'The last administrator cannot be removed' },
  'identity.unit_code_taken': { status: 409, zh: '单位代码 {code} 已存在', en: 'The unit code {code} already exists' },
  'identity.unit_in_use': { status: 409, zh: '单位仍有 {count} 项有效授权，请先处理', en: 'The unit still has {count} grants in force; end them first' },
  'identity.grant_ended': { status: 409, zh: '该授权已结束', en: 'This grant has already ended' },
  'identity.delegation_not_own': { status: 422, zh: '只能委托本人现有的授权', en: 'Only grants you hold yourself can be delegated' },
  'identity.delegation_to_self': { status: 422, zh: '不能委托给自己', en: 'You cannot delegate to yourself' },
  'identity.second_person_needed': { status: 409, zh: '须由另一名管理员确认', en: 'Another administrator must confirm' },
  'identity.recovery_open': { status: 409, zh: '该人员已有待确认的恢复申请', en: 'A recovery for this person is already waiting for confirmation' },
  'identity.weak_password': { status: 422, zh: '密码至少 12 个字符，不能过于常见', en: 'At least 12 characters, and not a common password' },
  'identity.not_a_member': { status: 404, zh: '该联络员不在此企业', en: 'This contact does not belong to the firm' },
  'identity.last_contact': { status: 409, zh: '至少保留一名企业联络员', en: 'At least one contact must remain' },

  // emergencies, rules, forms
  'emergencies.already_ended': { status: 409, zh: '该应急事件已结束', en: 'This emergency has ended' },
  'emergencies.none_open': { status: 409, zh: '本地区目前没有进行中的应急事件，无需备案', en: 'No emergency is open in this area; there is nothing to declare' },
  'emergencies.pack_unknown': { status: 404, zh: '没有名为 {code} 的预案包', en: 'There is no pack named {code}' },
  'rules.table_faulty': { status: 422, zh: '规则表有 {count} 处错误，没有导入', en: 'The table has {count} faults and was not imported' },
  'rules.second_person_needed': { status: 409, zh: '须由另一人确认，提交人不能自己确认', en: 'Another person must confirm; the proposer cannot' },
  'rules.proposal_closed': { status: 409, zh: '这项变更已处理', en: 'This change has already been decided' },
  'rules.version_taken': { status: 409, zh: '规则表 {code} 第 {version} 版已存在', en: 'Version {version} of table {code} already exists' },
  'rules.no_row': { status: 422, zh: '规则表 {table} 没有适用的一行，请联系管理员', en: 'No row of table {table} applies; tell an administrator' },
  'rules.no_table': { status: 422, zh: '没有生效的规则表 {table}，请联系管理员', en: 'No table {table} is in force; tell an administrator' },
  'forms.none_in_force': { status: 404, zh: '没有生效的表单 {code}', en: 'No form {code} is in force' },

  // files
  'files.empty': { status: 422, zh: '文件是空的', en: 'The file is empty' },
  'files.type_refused': { status: 415, zh: '只接受 PDF、JPG、PNG 和 Word（docx）文件', en: 'Only PDF, JPG, PNG and Word (docx) files are accepted' },
  'files.too_many_waiting': { status: 409, zh: '您已上传而未使用的文件过多，请先提交或等待一天后再上传', en: 'Too many of your uploads are not used yet; use them first, or wait a day' },
  'files.not_ready': { status: 409, zh: '文件尚在安全检查中', en: 'The file is still being checked' },

  // imports
  'imports.too_many_open': { status: 409, zh: '您有 {count} 个导入尚未结束，请先完成或取消', en: 'You have {count} imports that have not ended; finish or cancel one first' },
  'imports.state_refused': { status: 409, zh: '导入当前的状态不能这样操作，请查看最新状态', en: 'The import is in a state that does not allow this; look at its present state' },
  'imports.forgotten': { status: 410, zh: '保存期已过，原文件的行已删除，请重新导入', en: 'The rows of the file have been deleted after their time; import the file again' },
  'imports.stopped': { status: 500, zh: '导入中途停止。已存入的行保留，可从下一批继续', en: 'The import stopped midway. Rows already stored stay; it can go on from the next batch' },
  'imports.count_differs': { status: 500, zh: '行数核对不上，请联系管理员；已存入的行保留', en: 'The numbers of rows do not add up; tell an administrator. Rows already stored stay' },
  'imports.right_lost': { status: 403, zh: '导入人已不再有这项权限，导入已停止', en: 'The person who began the import no longer has the right; it was stopped' },
  'imports.no_rows': { status: 422, zh: '表中没有数据行', en: 'The table has no rows of data' },
  'imports.encrypted': { status: 422, zh: '文件有密码保护，无法读取。请在表格软件中去掉密码后重新选择', en: 'The file is protected by a password. Remove it in the spreadsheet program and choose the file again' },
  'imports.macros': { status: 422, zh: '文件含有宏，不予读取。请另存为不含宏的 xlsx', en: 'The file holds macros and is not read. Save it as an xlsx without macros' },
  'imports.old_excel': { status: 422, zh: '这是旧版 Excel（xls）文件，请另存为 xlsx', en: 'This is an old Excel (xls) file; save it as xlsx' },
  'imports.binary_excel': { status: 422, zh: '这是二进制 Excel（xlsb）文件，请另存为 xlsx', en: 'This is a binary Excel (xlsb) file; save it as xlsx' },
  'imports.other_office': { status: 422, zh: '这不是 Excel 表格文件，请另存为 xlsx 或 CSV', en: 'This is another kind of office file; save it as xlsx or CSV' },
  'imports.not_a_sheet': { status: 422, zh: '这不是表格文件，只接受 xlsx 和 CSV（按内容判断，与文件名无关）', en: 'This is no table; xlsx and CSV are accepted, judged by content and not by name' },
  'imports.damaged': { status: 422, zh: '文件已损坏或不完整，请重新保存后再选择', en: 'The file is damaged or incomplete; save it again and choose it anew' },
  'imports.bomb': { status: 422, zh: '文件解开后过大，不予读取', en: 'The file grows too large when unpacked and is not read' },
  'imports.entities': { status: 422, zh: '文件中有不允许的内容（文档类型或外部引用），不予读取', en: 'The file holds a document type or outside references, which are not allowed' },
  'imports.too_many_entries': { status: 422, zh: '文件包含的部件过多，不予读取', en: 'The file has too many parts and is not read' },
  'imports.too_many_rows': { status: 422, zh: '行数过多：第 {row} 行起超过上限，请拆分文件', en: 'Too many rows: row {row} is beyond the limit. Split the file' },
  'imports.too_many_columns': { status: 422, zh: '第 {row} 行的列数超过 512', en: 'Row {row} has more than 512 columns' },
  'imports.cell_too_long': { status: 422, zh: '第 {row} 行有单元格超过 32,767 个字符', en: 'Row {row} has a cell of more than 32,767 characters' },
  'imports.encoding': { status: 422, zh: '文字编码不符，请另选编码', en: 'The text is not in this encoding; choose another' },
  'imports.quote_open': { status: 422, zh: '第 {row} 行的引号没有结束，其后的内容会被吞掉，请更正后再选择', en: 'A quote in row {row} is never closed and would swallow what follows; put it right first' },
  'imports.sheet_unknown': { status: 422, zh: '文件中没有这张工作表', en: 'The file has no such sheet' },
  'imports.empty': { status: 422, zh: '文件是空的', en: 'The file is empty' },
  'imports.too_slow': { status: 422, zh: '读取时间过长，已停止', en: 'Reading took too long and was stopped' },

  // enterprises
  'enterprises.already_registered': { status: 409, zh: '该统一社会信用代码已登记，请由现有联络员 {contact} 添加您', en: 'This credit code is registered; ask the present contact {contact} to add you' },
  'enterprises.code_unconfirmed': { status: 409, zh: '信用代码未通过校验，需主管单位核实后才能备案', en: 'The credit code fails its check digit; the reviewing unit must confirm it first' },
  'enterprises.code_not_pending': { status: 409, zh: '该企业没有待核实的信用代码', en: 'No credit code of this firm is waiting' },
  'enterprises.contact_refused': { status: 409, zh: '该手机号不能作为联络员', en: 'This phone number cannot be a contact' },
  'enterprises.too_many_contacts': { status: 409, zh: '企业联络员最多 20 名，请先移除不再负责的人员', en: 'A firm has at most 20 contacts; end one who no longer acts for it first' },
  'enterprises.not_known_then': { status: 404, zh: '{from} 之前的情况登记库没有记录', en: 'The register knows nothing of this firm before {from}' },
  'enterprises.not_active': { status: 409, zh: '企业已注销、停业或并入其他企业，不能这样操作', en: 'The firm is closed or merged; this cannot be done' },
  'enterprises.not_closed': { status: 409, zh: '企业没有停业，无需恢复', en: 'The firm is not closed' },
  'enterprises.code_taken': { status: 409, zh: '该代码已由另一企业登记', en: 'Another firm is registered under this code' },
  'enterprises.code_needs_reviewer': { status: 403, zh: '变更信用代码须由审核人员办理，请联系属地专班', en: 'A reviewer must change the code; ask the district task force' },
  'enterprises.survivor_unfit': { status: 422, zh: '并入的企业不存在、已注销，或就是本企业', en: 'The firm merged into does not exist, is closed, or is this firm itself' },
  'enterprises.not_planned': { status: 409, zh: '这项变更已生效或已取消', en: 'This change has already taken effect or was cancelled' },
  'enterprises.flag_set': { status: 409, zh: '企业已有标记“{name}”', en: 'The firm already has the flag {name}' },
  'enterprises.flag_ended': { status: 409, zh: '这项标记已结束', en: 'This flag has already ended' },
  'enterprises.parent_unknown': { status: 422, zh: '登记库里没有这个代码的企业，请先登记', en: 'No firm with this code is in the register; register it first' },
  'enterprises.relation_cycle': { status: 409, zh: '不能成为自己的上级，也不能互为上级', en: 'A firm cannot stand above itself, directly or through others' },
  'enterprises.relation_exists': { status: 409, zh: '这层关系已登记，或分支机构已有总机构', en: 'This relation exists already, or the branch already has its head' },
  'enterprises.relation_ended': { status: 409, zh: '这层关系已结束', en: 'This relation has already ended' },
  'enterprises.workplace_closed': { status: 409, zh: '该经营场所已关闭', en: 'This workplace is closed' },
  'enterprises.permit_taken': { status: 409, zh: '该施工许可证编号已登记在另一项目', en: 'Another project is registered under this permit number' },
  'enterprises.section_exists': { status: 409, zh: '项目已有同名标段（区段）', en: 'The project already has a section of this name' },
  'enterprises.section_ended': { status: 409, zh: '该标段（区段）已结束', en: 'This section has already ended' },
  'enterprises.workplace_unknown': { status: 422, zh: '经营场所不属于该企业', en: 'This workplace does not belong to the firm' },

  // levels
  'levels.unchanged': { status: 409, zh: '该地区此时已是这一等级', en: 'The area already has this level at that time' },
  'levels.backdated': { status: 422, zh: '生效时间不能早于 {limit}，已作出的决定不会改写', en: 'The effective time cannot be before {limit}; past decisions stay' },

  // certificates
  'certificates.state_refused': { status: 409, zh: '证书当前状态为“{state}”，不能这样操作', en: 'The certificate is {state}; this cannot be done' },

  // declarations
  'declarations.open_exists': { status: 409, zh: '该场所已有一份办理中的备案', en: 'This workplace already has a declaration under way' },
  'declarations.state_refused': { status: 409, zh: '备案当前状态为“{state}”，不能这样操作', en: 'The declaration is {state}; this cannot be done' },
  'declarations.incomplete': { status: 422, zh: '还有 {count} 项未填，尚未提交', en: '{count} entries are missing; it has not been submitted' },
  'declarations.gaps_told_once': { status: 409, zh: '缺项已一次性告知，不能再次退回补正', en: 'The gaps have been told once; it cannot be returned again' },
  'declarations.effective_unheld': { status: 409, zh: '该备案提交即生效，审核人员不能扣留', en: 'It took effect on submission; no reviewer can hold it' },
} as const satisfies Record<string, ProblemText>
export type ProblemCode = keyof typeof problems

/** Faults of a single entry, beside the field and in the summary. */
export const issues = {
  'issue.required': { zh: '请填写{field}', en: 'Enter {field}' },
  'issue.type': { zh: '{field}的类型不对', en: '{field} has the wrong type' },
  'issue.unknown': { zh: '不认识的字段 {name}', en: 'Unknown field {name}' },
  'issue.too_short': { zh: '{field}至少 {limit} 个字符', en: '{field} needs at least {limit} characters' },
  'issue.too_long': { zh: '{field}不能超过 {limit} 个字符', en: '{field} has a limit of {limit} characters' },
  'issue.too_small': { zh: '{field}不能小于 {limit}', en: '{field} cannot be below {limit}' },
  'issue.too_large': { zh: '{field}不能大于 {limit}', en: '{field} cannot be above {limit}' },
  'issue.too_few': { zh: '{field}至少 {limit} 项', en: '{field} needs at least {limit}' },
  'issue.too_many': { zh: '{field}最多 {limit} 项', en: '{field} takes at most {limit}' },
  'issue.choice': { zh: '请在选项中选择{field}', en: 'Choose {field} from the list' },
  'issue.text': { zh: '{field}不能为空白，也不能含控制字符', en: '{field} cannot be blank or hold control characters' },
  'issue.id': { zh: '{field}的编号格式不对', en: '{field} is not a valid reference' },
  'issue.instant': { zh: '{field}应为日期时间', en: '{field} must be a date and time' },
  'issue.day': { zh: '{field}应为日期，如 2020-02-24', en: '{field} must be a date such as 2020-02-24' },
  'issue.phone': { zh: '{field}应为 11 位手机号', en: '{field} must be an 11-digit mobile number' },
  'issue.area': { zh: '请选择{field}', en: 'Choose {field}' },
  'issue.cursor': { zh: '翻页标记无效，请从第一页开始', en: 'The page marker is invalid; start from the first page' },
  'issue.format': { zh: '{field}的格式不对', en: '{field} has the wrong format' },
  'issue.duplicate': { zh: '{field}重复', en: '{field} is repeated' },
  'issue.credit_code_shape': { zh: '统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z）', en: 'A credit code has 18 digits or capitals, without I, O, S, V, Z' },
  'issue.credit_code_check': { zh: '统一社会信用代码第 18 位应为 {expected}，请核对', en: 'Character 18 of the credit code should be {expected}; please check' },
  'issue.registration_number': { zh: '15 位注册号只用于个体工商户；其他企业请填 18 位统一社会信用代码', en: 'Only traders have a registration number of 15 digits; other firms give the 18 characters of the credit code' },
  'issue.organisation_code_check': { zh: '统一社会信用代码第 9–17 位有一位不对；其余各位无误时，第 17 位应为 {expected}，请核对', en: 'One of characters 9 to 17 of the credit code is wrong; if the others are right, character 17 should be {expected}' },
  'issue.industry': { zh: '国民经济行业代码不存在，请从列表选择', en: 'There is no such industry code; choose from the list' },
  'issue.area_outside': { zh: '所选地区不在该单位的管辖范围内', en: 'The area lies outside what the unit covers' },
  'issue.area_unknown': { zh: '没有这个地区，请从列表选择', en: 'There is no such area; choose from the list' },
  'issue.street_outside_district': { zh: '街道（乡镇）不在所选区县内', en: 'The street is not in the chosen district' },
  'issue.zone_outside_district': { zh: '所选开发区不在该区县内', en: 'The development zone does not lie in the chosen district' },
  'issue.decimals': { zh: '{field}最多 {limit} 位小数', en: '{field} takes at most {limit} decimals' },
  'issue.too_early': { zh: '{field}不能早于 {limit}', en: '{field} cannot be before {limit}' },
  'issue.firm_unknown': { zh: '登记库里没有{field}为这个代码的企业', en: 'No firm in the register has this code ({field})' },
  'issue.unchanged': { zh: '{field}与现在的相同', en: '{field} is what it already is' },
  'issue.past_day': { zh: '{field}不能早于今天', en: '{field} cannot be in the past' },
  'issue.too_far': { zh: '{field}不能晚于 {limit}', en: '{field} cannot be after {limit}' },
  'issue.file_unknown': { zh: '文件不存在或不属于您，请重新上传', en: 'The file does not exist or is not yours; upload it again' },
  'issue.pledge': { zh: '请阅读并作出承诺', en: 'Read and make the pledge' },
  'issue.code_six': { zh: '验证码为 6 位数字', en: 'The code has 6 digits' },
  'issue.username': { zh: '用户名为 3–40 位小写字母、数字、点或连字符', en: 'A username has 3–40 lower-case letters, digits, dots or hyphens' },
  'issue.end_before_begin': { zh: '结束时间应晚于开始时间', en: 'The end must come after the beginning' },
  'issue.cel': { zh: '第 {row} 行“{column}”的表达式有误：{detail}', en: 'Row {row}, column {column}: {detail}' },
  'issue.cel_not_boolean': { zh: '第 {row} 行“{column}”应是能判断真假的条件，现在得到的是 {type}', en: 'Row {row}, column {column}: a condition must be true or false; this one gives {type}' },
  'issue.cel_pattern': { zh: '第 {row} 行“{column}”的匹配式“{pattern}”有误或过于复杂', en: 'Row {row}, column {column}: the pattern “{pattern}” is faulty or too complex' },
  'issue.cel_loop': { zh: '第 {row} 行“{column}”不能用 {name}：条件中不作循环', en: 'Row {row}, column {column}: {name} cannot be used; conditions do not loop' },
  'issue.table_code_unknown': { zh: '第 {row} 行“{column}”用了列中没有的代码“{value}”', en: 'Row {row}, column {column}: “{value}” is not a code of that column' },
  'issue.table_codes_missing': { zh: '“{column}”列是代码列，须列出全部代码及名称', en: 'Column {column} holds codes: list every code with its label' },
  'issue.table_column_unknown': { zh: '第 {row} 行写了表中没有的列“{column}”', en: 'Row {row} names column {column}, which the table does not have' },
  'issue.table_column_name': { zh: '“{column}”是表达式的保留词，请换一个列名', en: '{column} is a reserved word of expressions; choose another name' },
  'issue.table_output_missing': { zh: '第 {row} 行没有写结果“{column}”，没有结果请写 null', en: 'Row {row} lacks the result {column}; write null for none' },
  'issue.table_output_type': { zh: '第 {row} 行结果“{column}”的类型应为 {type}', en: 'Row {row}: the result {column} must be of type {type}' },
  'issue.table_uncovered': { zh: '没有一行适用于：{combination}', en: 'No row applies to: {combination}' },
  'issue.table_unreachable': { zh: '第 {row} 行永远不会用到，前面的行已包括全部情形', en: 'Row {row} can never apply: the rows before it take every case' },
  'issue.table_unchecked': { zh: '表过大，无法核对是否包括全部情形，请合并行或拆表', en: 'The table is too large to check that every case is covered; merge rows or split it' },
  'issue.table_input_unknown': { zh: '系统不提供条件“{column}”，现有条件为：{known}', en: 'The system does not provide the input {column}; it provides {known}' },
  'issue.table_output_lost': { zh: '缺少系统要用的结果“{column}”（类型 {type}）', en: 'The result {column} (type {type}), which the system uses, is missing' },
  'issue.table_superseded': { zh: '生效时间早于现行第 {version} 版，这一版不会生效', en: 'It takes effect before version {version}, which is in force; it would never apply' },
  'issue.version_content': { zh: '{code} 第 {version} 版已存在且内容不同，请提高版本号', en: 'Version {version} of {code} exists with other content; raise the version' },
  'issue.form_range': { zh: '{field}的下限大于上限', en: 'The minimum of {field} exceeds its maximum' },
  'issue.form_empty': { zh: '表单没有任何字段', en: 'The form has no field' },
  'issue.pack_code': { zh: '预案包代码“{code}”应与文件夹名“{folder}”一致', en: 'The pack code {code} must be the name of its folder, {folder}' },
  'issue.file_missing': { zh: '文件 {file} 不存在', en: 'File {file} does not exist' },
  'issue.file_outside': { zh: '文件路径 {file} 不在包内', en: 'The path {file} leads out of the pack' },
  'issue.file_not_json': { zh: '文件 {file} 不是有效的 JSON：{detail}', en: 'File {file} is not valid JSON: {detail}' },
  'issue.file_too_large': { zh: '文件 {file} 过大，上限 {limit}', en: 'File {file} is too large; the limit is {limit}' },
  'issue.stage_unknown': { zh: '预案包没有阶段“{stage}”', en: 'The pack has no stage {stage}' },
  'issue.future': { zh: '{field}不能晚于现在', en: '{field} cannot be in the future' },
  'issue.import_key_missing': { zh: '请匹配用来识别记录的列', en: 'Match the column by which records are told apart' },
  'issue.import_elsewhere': { zh: '该企业已登记在其他地区，不在您的管辖范围内', en: 'This firm is registered elsewhere, outside the area you answer for' },
  'issue.import_moved': { zh: '区县、街道与登记不同；迁移请在企业页面办理', en: 'District or street differs from the register; a move is recorded on the page of the firm' },
  'issue.import_ended': { zh: '该企业已注销或已合并，不能更改', en: 'This firm is closed or merged and cannot be changed' },
  'issue.import_repeated': { zh: '与第 {row} 行重复', en: 'Repeats row {row}' },
  'issue.import_header': { zh: '表头行号超出文件', en: 'The header row lies outside the file' },
  'issue.cell_precision': { zh: '数字“{value}”的末几位已丢失，请在原表中把该列设为文本后重新填写', en: 'The number {value} has lost its last digits; set the column to text in the sheet and enter it again' },
  'issue.cell_error': { zh: '单元格是错误值 {value}', en: 'The cell holds the error {value}' },
  'issue.cell_number': { zh: '应为数字', en: 'This must be a number' },
  'issue.cell_whole': { zh: '应为整数', en: 'This must be a whole number' },
  'issue.cell_decimals': { zh: '小数最多 {limit} 位', en: 'At most {limit} digits after the point' },
  'issue.cell_choice': { zh: '应为以下之一：{choices}', en: 'This must be one of: {choices}' },
  'issue.cell_zero_lost': { zh: '数字前面的 0 可能已丢失：可能是 {choices}，请填写完整', en: 'A leading zero may be lost: {choices} are possible; enter the whole code' },
  'issue.table': { zh: '{detail}', en: '{detail}' },
} as const satisfies Record<string, { zh: string; en: string }>
export type IssueCode = keyof typeof issues

export type Language = 'zh' | 'en'

/** Puts params into a text; a param that is missing stays visible as `{name}`, which a test looks for. */
export function fillText(text: string, params: Record<string, unknown> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}
export function problemText(code: string, params: Record<string, unknown> | undefined, language: Language): string {
  const known = problems[code as ProblemCode] ?? problems['server.failed']
  return fillText(known[language], params)
}
export function issueText(code: string, params: Record<string, unknown> | undefined, language: Language): string {
  const known = issues[code as IssueCode] ?? issues['issue.format']
  return fillText(known[language], params)
}

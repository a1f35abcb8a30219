// The one registry of everything that can go wrong at the wire: code, HTTP status and the words a reader sees, in both languages.
import { issues, type IssueCode } from './problems.issues.ts'
import { peopleProblems } from './problems.people.ts'

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
  'identity.password_refused': { status: 422, zh: '现在的密码或动态码不正确。动态码用过一次即失效，请等下一个', en: 'Wrong present password or one-time code. A code works once; wait for the next one' },
  'identity.not_a_member': { status: 404, zh: '该联络员不在此企业', en: 'This contact does not belong to the firm' },
  'identity.last_contact': { status: 409, zh: '至少保留一名企业联络员', en: 'At least one contact must remain' },

  // alerts
  'alerts.state_refused': { status: 409, zh: '现在的状态不能这样办理，请刷新后再看', en: 'Not possible in its present state; reload to see it' },
  'alerts.held': { status: 409, zh: '还不能解除：须有阴性结果，并且观察期已满', en: 'Not to be released yet: the result must be negative and the observation over' },
  'alerts.change_open': { status: 409, zh: '已有一项更改等待另一人同意', en: 'A change is waiting for a second person already' },
  'alerts.until_outside': { status: 422, zh: '更改最多保留 {days} 天，请选今天到第 {days} 天之间的日期', en: 'A change holds for {days} days at most; choose a day within them' },
  'alerts.second_person': { status: 403, zh: '须由另一人同意', en: 'A second person has to agree' },
  'alerts.another_reviewer': { status: 403, zh: '您参与过这次判定或处置，申诉须由另一人办理', en: 'You had a hand in this colour or its follow-up; somebody else decides the appeal' },
  'alerts.level_lower': { status: 422, zh: '改判应低于现在的判定', en: 'The new colour has to be lower than the present one' },
  'alerts.nothing_to_appeal': { status: 409, zh: '现在的判定是绿，没有可以申诉的', en: 'The colour is green; there is nothing to contest' },
  'alerts.appeal_open': { status: 409, zh: '已有一件申诉正在办理', en: 'An appeal is under way already' },
  // health
  'health.binding_unknown': { status: 401, zh: '本机尚未绑定或已解除绑定，请扫描单位的二维码重新绑定', en: 'This phone is not bound, or no longer; scan your workplace’s code to bind it again' },
  'health.day_outside': { status: 422, zh: '今天是 {today}，只能申报今天和之前 {days} 天，{day} 不在其中', en: 'Today is {today}; reports are taken for today and {days} days before, which {day} is not' },
  'health.already_reported': { status: 409, zh: '这一次已经申报，回执号 {number}；情况有变请更正', en: 'Already reported under receipt {number}; if something changed, correct it' },
  'health.nothing_to_correct': { status: 409, zh: '这一次还没有申报，不能更正', en: 'Nothing has been reported for this time yet, so there is nothing to correct' },
  'health.corrected_meanwhile': { status: 409, zh: '这一次已经更正为第 {version} 版，回执号 {number}，请看过再改', en: 'Corrected meanwhile: version {version}, receipt {number}; look at it before you change it again' },
  'health.correction_late': { status: 422, zh: '{day} 的申报只能在当天零点起 {hours} 小时内更正，请告诉单位', en: 'A report for {day} may be corrected for {hours} hours from its midnight; tell your firm' },
  'health.corrections_full': { status: 422, zh: '一次申报最多更正 {most} 回，请告诉单位', en: 'A report may be corrected {most} times at most; tell your firm' },
  'health.seal_unreadable': { status: 422, zh: '这份离线申报打不开（本机已重新绑定，或存放过久），请重新申报', en: 'This report kept offline cannot be opened (the phone was bound anew, or it waited too long); please report again' },
  'health.not_matched': { status: 422, zh: '名册上没有找到，请核对姓名和证件号码后四位；还没有登记的，请先登记', en: 'Not found on the roster; compare name and last four of the ID number. If you have not registered yet, do so first' },
  'health.match_slowed': { status: 429, zh: '核对次数过多，请在 {minutes} 分钟后再试，或联系单位', en: 'Too many tries; wait {minutes} minutes, or ask your firm' },
  'health.asks_full': { status: 409, zh: '名册上没有您的手机号，已有其他手机在等待单位确认；请单位先处理', en: 'The roster has no mobile number of yours, and other phones wait for your firm already; ask it to decide on them first' },
  'health.gates_full': { status: 409, zh: '最多 {most} 台设备同时有效，请先作废不用的', en: 'At most {most} thermometers may be in force; revoke one first' },
  'health.gate_unknown': { status: 401, zh: '设备密钥无效或已作废', en: 'The key of this thermometer is wrong or was revoked' },
  'health.gate_slowed': { status: 429, zh: '读数过于频繁，请在 {seconds} 秒后再试', en: 'Too many readings; wait {seconds} seconds' },
  'health.ask_decided': { status: 409, zh: '这份申请已经处理过', en: 'This has been decided already' },
  'health.ask_over': { status: 410, zh: '绑定已超时或已完成，请重新扫码', en: 'This took too long or is done already; scan the code again' },
  'health.not_on_roster': { status: 410, zh: '您已不在该单位的名册上，不需要在这里申报', en: 'You are no longer on the roster of this firm; there is nothing to report here' },
  'health.day_unknown': { status: 422, zh: '{day} 无法查看：只能查看今天和之前 {days} 天', en: '{day} cannot be shown: only today and the {days} days before it' },
  'health.day_moved': { status: 409, zh: '刚有新的申报：现在应申报 {expected} 人，已申报 {reported} 人。请核对后再签名', en: 'Something came in just now: {expected} expected, {reported} reported. Check the numbers, then sign' },
  'health.notice_changed': { status: 409, zh: '告知书已更新，请重新阅读后再绑定', en: 'The notice has changed; read it again before you bind this phone' },

  // cases
  'cases.open_exists': { status: 409, zh: '这件事已在办理中，不能重复立件', en: 'This is already being dealt with; a second case cannot be opened' },
  'cases.state_refused': { status: 409, zh: '办件现为“{state}”，不能这样办', en: 'The case is “{state}”; this cannot be done now' },
  'cases.not_yours': { status: 403, zh: '这件事目前不由您的单位办理', en: 'This is not with your unit at present' },
  'cases.taken': { status: 409, zh: '{who} 已于 {at} 认领，请与其联系，或由负责人改派', en: '{who} took it at {at}; talk to them, or have it assigned anew' },
  'cases.part_refused': { status: 409, zh: '这一环节已办结、已转走，或不在您的单位，请查看最新情况', en: 'This part is done, was handed on, or is not with your unit; look at the current state' },
  'cases.person_outside': { status: 422, zh: '只能选在岗的本单位人员；提及的人须属于参与办理的单位', en: 'Choose someone in office in the unit; people mentioned must belong to the units involved' },
  'cases.unit_refused': { status: 422, zh: '该单位已撤销，或已在办理此件', en: 'This unit is dissolved, or already has a part in the case' },
  'cases.nowhere_back': { status: 409, zh: '没有可退回的去处：此件不是转来的，也没有人认领', en: 'There is nowhere to hand it back to: it was not handed on, and nobody has taken it' },
  'cases.not_in_bulk': { status: 422, zh: '这类办件不能批量这样办，请逐件办理', en: 'This cannot be done on many of this kind at once; do it one by one' },
  'cases.pressed_just_now': { status: 409, zh: '{minutes} 分钟内已催办过，无需重复', en: 'It was pressed within the last {minutes} minutes' },

  // emergencies, rules, forms
  'emergencies.already_ended': { status: 409, zh: '该应急事件已结束', en: 'This emergency has ended' },
  'emergencies.none_open': { status: 409, zh: '本地区目前没有进行中的应急事件，无需备案', en: 'No emergency is open in this area; there is nothing to declare' },
  'emergencies.pack_unknown': { status: 404, zh: '没有名为 {code} 的预案包', en: 'There is no pack named {code}' },
  'rules.table_faulty': { status: 422, zh: '规则表有 {count} 处错误，没有导入', en: 'The table has {count} faults and was not imported' },
  'rules.second_person_needed': { status: 409, zh: '须由另一人确认，提交人不能自己确认', en: 'Another person must confirm; the proposer cannot' },
  'rules.proposal_closed': { status: 409, zh: '这项变更已处理', en: 'This change has already been decided' },
  'rules.version_taken': { status: 409, zh: '规则表 {code} 第 {version} 版已存在', en: 'Version {version} of table {code} already exists' },
  'rules.draft_not_yours': { status: 409, zh: '这份草稿由 {who} 编辑，最后保存于 {at}；要接着改，请先接手', en: '{who} is editing this draft, last saved at {at}; take it over first' },
  'rules.trial_unknown': { status: 422, zh: '系统里没有由规则表 {table} 决定的对象，不能试算', en: 'Nothing in the register is decided by table {table}; there is nothing to try it on' },
  'rules.trial_ended': { status: 409, zh: '这次试算已结束', en: 'This trial has already ended' },
  'rules.no_row': { status: 422, zh: '规则表 {table} 没有适用的一行，请联系管理员', en: 'No row of table {table} applies; tell an administrator' },
  'rules.no_table': { status: 422, zh: '没有生效的规则表 {table}，请联系管理员', en: 'No table {table} is in force; tell an administrator' },
  'forms.draft_closed': { status: 409, zh: '这份草稿已提交、发布或作废，不能再改；已提交的可先收回', en: 'This draft is proposed, published or given up and cannot be changed; a proposed one can be taken back first' },
  'forms.not_proposed': { status: 409, zh: '这份草稿尚未提交发布', en: 'This draft has not been handed in yet' },
  'forms.second_person_needed': { status: 409, zh: '须由没有参与编写的另一人发布', en: 'Someone who wrote nothing of it must publish it' },
  'forms.faulty': { status: 422, zh: '有 {count} 处错误，更正后才能提交', en: '{count} faults must be mended first' },
  'forms.sheet_refused': { status: 422, zh: '文件无法读取（{reason}），请用 Excel 另存为未加密的 xlsx 后再试', en: 'The file cannot be read ({reason}); save it as an unencrypted xlsx and try again' },
  'forms.no_survey': { status: 422, zh: '文件中没有名为 survey 的工作表，不是 XLSForm', en: 'There is no sheet named survey; this is no XLSForm' },
  'forms.version_taken': { status: 409, zh: '同时有另一个版本发布，请重新打开后再试', en: 'Another version was published at the same time; open it again' },
  'forms.none_in_force': { status: 404, zh: '没有生效的表单 {code}', en: 'No form {code} is in force' },

  // files
  'files.empty': { status: 422, zh: '文件是空的', en: 'The file is empty' },
  'files.name_differs': { status: 415, zh: '内容是 {type}，文件名却不以 .{ending} 结尾；改好文件名再上传', en: 'The content is {type}, but the name does not end in .{ending}; rename the file and upload it again' },
  'files.document_refused': { status: 415, zh: '不是完整的 Word 文档，或含有宏；另存为不含宏的 docx 再上传', en: 'This is no sound Word document, or it has macros; save it as a docx without macros and upload it again' },
  'files.type_refused': { status: 415, zh: '只接受 PDF、JPG、PNG、Word（docx）和 MP4 文件', en: 'Only PDF, JPG, PNG, Word (docx) and MP4 files are accepted' },
  'files.too_many_waiting': { status: 409, zh: '您已上传而未使用的文件过多，请先提交或等待一天后再上传', en: 'Too many of your uploads are not used yet; use them first, or wait a day' },
  'files.too_large': { status: 413, zh: '{type} 文件不能超过 {limit}', en: '{type} files have a limit of {limit}' },
  'files.not_ready': { status: 409, zh: '文件正在做安全检查，检查通过后才能打开，请稍后再试', en: 'The file is still being scanned and can be opened once it has passed; try again shortly' },
  'files.infected': { status: 410, zh: '安全检查在文件中发现问题，文件已删除，请重新上传无害的文件', en: 'The scan found something harmful and the file was deleted; upload a clean one' },
  'files.no_thumbnail': { status: 404, zh: '没有缩略图', en: 'There is no thumbnail' },

  // exports
  'exports.state_refused': { status: 409, zh: '导出当前状态为“{state}”，不能这样操作', en: 'The export is {state}; this cannot be done' },
  'exports.too_many_open': { status: 409, zh: '您已有 {count} 项导出未完成，请等待完成或先取消', en: 'You have {count} exports under way; wait for them or cancel one first' },
  'exports.too_many_rows': { status: 422, zh: '符合条件的超过 {limit} 行，请先缩小范围', en: 'More than {limit} rows match; narrow the filter first' },
  'exports.busy': { status: 503, zh: '正在导出的人较多，请在 {seconds} 秒后重试', en: 'Many exports are running; try again in {seconds} seconds' },
  'exports.second_person_needed': { status: 409, zh: '须由另一人审批，申请人不能自己审批', en: 'Another person must decide; you asked for it yourself' },

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

  // views, notices, bulk deeds on lists
  'views.name_taken': { status: 409, zh: '您已有同名视图，请换一个名称', en: 'You already have a view of this name; choose another' },
  'views.too_many': { status: 409, zh: '每个列表最多保存 {limit} 个视图，请先删除不用的', en: 'A list takes at most {limit} views of yours; remove one first' },
  'views.no_unit': { status: 422, zh: '您没有所属单位，不能共享视图', en: 'You act for no unit, so there is nobody to share with' },
  'enterprises.bulk_none': { status: 422, zh: '所选企业都不在您的范围内，没有办理', en: 'None of the chosen firms is within your scope; nothing was done' },
  'enterprises.bulk_too_many': { status: 422, zh: '一次最多办理 {limit} 家企业，请缩小范围', en: 'At most {limit} firms at a time; narrow the list' },
  'enterprises.bulk_running': { status: 409, zh: '这次批量办理尚未完成', en: 'This bulk deed is still running' },
  'enterprises.undo_over': { status: 409, zh: '已超过可撤销的时间，或已撤销', en: 'The time for undoing is over, or it was undone already' },
  'notices.template_changed': { status: 409, zh: '这条模板已有新的版本（第 {version} 版），请在新版本上修改', en: 'The template has a newer version ({version}); change that one' },
  'notices.template_waiting': { status: 409, zh: '这条模板已有一个版本在等待确认，请先处理', en: 'A version of this template waits for confirmation; settle that one first' },
  'notices.template_own': { status: 403, zh: '您提出的修改须由另一位管理员确认', en: 'A change of your own is for another administrator to confirm' },
  'notices.robots_full': { status: 409, zh: '一个单位最多 {limit} 个机器人，请先移除一个', en: 'A unit has at most {limit} robots; remove one first' },
  'notices.robot_changed': { status: 409, zh: '这个机器人刚被别人改过，请刷新后再改', en: 'Somebody has just changed this robot; reload and change it again' },
  'notices.must_stay': { status: 422, zh: '这类短信必须发送，不能关闭', en: 'Text messages of this kind must be sent and cannot be switched off' },
  'notices.template_decided': { status: 409, zh: '这次修改已经有人处理过', en: 'This change has been decided already' },
  'enterprises.assignee_unknown': { status: 422, zh: '所选人员不在您的单位，请重新选择', en: 'That person does not belong to your unit; choose again' },

  ...peopleProblems,

  // levels
  'levels.unchanged': { status: 409, zh: '该地区此时已是这一等级', en: 'The area already has this level at that time' },
  'levels.backdated': { status: 422, zh: '生效时间不能早于 {limit}，已作出的决定不会改写', en: 'The effective time cannot be before {limit}; past decisions stay' },

  // certificates
  'certificates.state_refused': { status: 409, zh: '证书当前状态为“{state}”，不能这样操作', en: 'The certificate is {state}; this cannot be done' },
  'certificates.number_faulty': { status: 404, zh: '证书编号有误：有一位不对，或位数不对', en: 'This is no certificate number: a character is wrong or missing' },
  'certificates.under_order': { status: 409, zh: '证书因停工令 {order} 暂停，须先解除停工令', en: 'The certificate is suspended by stop-work order {order}; end the order first' },
  'certificates.print_refused': { status: 409, zh: '证书当前状态为“{state}”，不能打印', en: 'The certificate is {state} and cannot be printed' },
  'certificates.batch_running': { status: 409, zh: '您有 {count} 次批量打印尚未完成，请稍后再试', en: 'Batches of yours under way: {count}; wait until one is done' },
  'certificates.batch_state_refused': { status: 409, zh: '批量打印当前状态为“{state}”，不能这样操作', en: 'The batch is {state}; this cannot be done' },
  'certificates.key_state_refused': { status: 409, zh: '只能吊销已停用的密钥；正在使用的密钥请先更换', en: 'Only a retired key can be revoked; rotate the active one first' },
  'certificates.seal_decided': { status: 409, zh: '这枚印章已有人处理', en: 'This seal has been decided already' },
  'certificates.seal_second_person': { status: 403, zh: '印章须由另一名管理员确认', en: 'Another administrator must decide on a seal' },
  'certificates.seal_backdated': { status: 422, zh: '印章生效日期不能早于今天', en: 'A seal cannot take effect before today' },

  // declarations
  'declarations.open_exists': { status: 409, zh: '该场所已有一份办理中的备案', en: 'This workplace already has a declaration under way' },
  'declarations.state_refused': { status: 409, zh: '备案当前状态为“{state}”，不能这样操作', en: 'The declaration is {state}; this cannot be done' },
  'declarations.incomplete': { status: 422, zh: '还有 {count} 项未填，尚未提交', en: '{count} entries are missing; it has not been submitted' },
  'declarations.gaps_told_once': { status: 409, zh: '缺项已一次性告知；再次告知须写明为什么没有一次说全，并计入本单位', en: 'The gaps have been told once; a second list needs the reason why it was not told at once, and counts against the unit' },
  'declarations.no_unit': { status: 409, zh: '没有可以受理的单位，请与区县专班联系', en: 'No unit can take it; please contact the district task force' },
  'declarations.place_closed': { status: 409, zh: '该场所已停用，请退回企业，由企业改报新场所', en: 'This workplace is closed; return it, so that the firm goes on at its new one' },
  'declarations.film_refused': { status: 409, zh: '规则表要求现场核查，不能以视频代替', en: 'The table asks for a check on the spot; a film cannot stand in for it' },
  'declarations.appeal_over': { status: 409, zh: '申诉期限已于 {until} 届满', en: 'The time to appeal ended on {until}' },
  'declarations.appealed_once': { status: 409, zh: '已对该决定提出过申诉', en: 'This decision has been appealed already' },
  'declarations.no_appeal': { status: 409, zh: '没有办理中的申诉', en: 'No appeal is under way' },
  'declarations.same_person': { status: 403, zh: '作出原决定的人不能办理申诉', en: 'Whoever took the decision cannot decide the appeal' },
  'declarations.suspended_kept': { status: 409, zh: '备案暂停期间不能撤回；不再经营的，请停用该场所', en: 'While it is suspended a filing cannot be given up; where work has ended for good, close the workplace' },
  'declarations.stopped': { status: 409, zh: '该场所的备案 {number} 正在停工整改，解除后才能以新备案替代', en: 'Filing {number} of this workplace is suspended; a new one can take its place only once that has ended' },
  'declarations.nothing_corrected': { status: 422, zh: '没有需要更正的内容', en: 'Nothing is different from what was filed' },
  'spotchecks.too_soon': { status: 422, zh: '抽取时间至少在 {minutes} 分钟以后，让公众先看到承诺', en: 'The draw must lie at least {minutes} minutes ahead, so that the commitment is seen first' },
  'spotchecks.state_refused': { status: 409, zh: '抽查当前状态为“{state}”，不能这样办', en: 'The spot check is {state}; this cannot be done' },
  'spotchecks.not_drawn': { status: 403, zh: '本次抽查抽取了其他检查人员，须由其办理', en: 'Other inspectors were drawn for this check; it is theirs' },
  'orders.open_exists': { status: 409, zh: '该备案已有一份未了结的停工令', en: 'This filing already stands under a stop-work order' },
  'orders.number_taken': { status: 409, zh: '本单位已用过这个文号', en: 'Your unit has used this document number already' },
  'orders.not_operating': { status: 409, zh: '备案当前状态为“{state}”，不能责令停工', en: 'The filing is {state}; work cannot be ordered to stop' },
  'orders.state_refused': { status: 409, zh: '停工令当前状态为“{state}”，不能这样办', en: 'The order is {state}; this cannot be done' },
  'orders.second_person': { status: 403, zh: '撤销须由提出人以外的另一人同意', en: 'Someone other than whoever proposed it must agree to a revocation' },
  'declarations.effective_unheld': { status: 409, zh: '该备案提交即生效，审核人员不能扣留', en: 'It took effect on submission; no reviewer can hold it' },

  // batches
  'batches.ended': { status: 409, zh: '这份分批方案已结束', en: 'This plan of batches has ended' },
  'batches.unit_foreign': { status: 422, zh: '您不能以这个单位的名义制定分批方案', en: 'You cannot plan batches in the name of this unit' },
  'batches.day_taken': { status: 409, zh: '这一天已有一个批次', en: 'There is already a batch on this day' },
  'batches.day_passed': { status: 409, zh: '批次日期已过，请先改期', en: 'The day of the batch has passed; change it first' },
  'batches.locked': { status: 409, zh: '{day} 的批次已锁定，请先解锁', en: 'The batch of {day} is locked; unlock it first' },
  'batches.not_empty': { status: 409, zh: '该批次还有 {count} 家企业，请先移走', en: 'The batch still holds {count} firms; move them first' },
  'batches.no_batch': { status: 409, zh: '没有可以排入的批次：请先添加批次，或解锁、改期', en: 'No batch takes firms: add one, unlock one or change its day' },
  'batches.too_many_batches': { status: 422, zh: '一份方案最多 {limit} 个批次', en: 'A plan has at most {limit} batches' },
  'batches.too_many_firms': { status: 422, zh: '一份方案最多 {limit} 个经营场所，请缩小范围', en: 'A plan holds at most {limit} workplaces; narrow the choice' },
  'batches.already_planned': { status: 409, zh: '所选企业中有的刚被排入另一份方案，请刷新后再选', en: 'One of the firms has just been put on another plan; look again' },
  'batches.nobody_to_invite': { status: 409, zh: '该批次的企业都已按现在的日期邀请过', en: 'All firms of this batch have been told this day already' },
  'batches.not_invited': { status: 409, zh: '这项邀请已取消、改期或方案已结束，请看最新安排', en: 'This invitation was withdrawn, moved or its plan has ended; look at the present one' },
  'batches.undo_over': { status: 409, zh: '已不能撤销：时间已过，或其后又有办理', en: 'It can no longer be undone: the time is over, or something was done since' },

  // complexes
  'complexes.exists': { status: 409, zh: '这家企业已登记同名的综合体', en: 'This firm has a complex of that name already' },
  'complexes.too_many_tenants': { status: 422, zh: '一个综合体最多 {limit} 家商户', en: 'A complex has at most {limit} tenants' },
  'complexes.own_tenant': { status: 422, zh: '运营方自己的场所请单独申报，不列入商户名单', en: 'The operator declares its own workplaces itself; it is no tenant' },
  'complexes.filing_open': { status: 409, zh: '已有一份进行中的集中申报', en: 'A collective declaration is already under way' },
  'complexes.filing_state': { status: 409, zh: '集中申报的状态已变，不能这样操作', en: 'The collective declaration has moved on; this cannot be done' },
  'complexes.incomplete': { status: 422, zh: '还有 {count} 项未填，尚未征求商户', en: '{count} entries are missing; the tenants have not been asked' },
  'complexes.no_tenants': { status: 409, zh: '还没有商户，请先添加商户名单', en: 'There are no tenants yet; add them first' },
  'complexes.tenant_state': { status: 409, zh: '该商户已确认或未被征求，不能移出', en: 'This tenant has confirmed or was not asked; it cannot be left out' },
  'complexes.request_over': { status: 409, zh: '这项集中申报已结束、变更或已答复，请看最新情况', en: 'This collective declaration has ended, changed or was answered; look at it again' },
} as const satisfies Record<string, ProblemText>
export type ProblemCode = keyof typeof problems

export type Language = 'zh' | 'en'

/** Puts params into a text; a param that is missing stays visible as `{name}`, which a test looks for. */
export function fillText(text: string, params: Record<string, unknown> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}
/** A param that is told in both languages (the name of a unit) is filled in with the reader's own. */
function spokenParams(params: Record<string, unknown> | undefined, language: Language): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, typeof value === 'object' && value !== null && language in value ? (value as Record<Language, unknown>)[language] : value]))
}
export function problemText(code: string, params: Record<string, unknown> | undefined, language: Language): string {
  const known = problems[code as ProblemCode] ?? problems['server.failed']
  return fillText(known[language], spokenParams(params, language))
}
export function issueText(code: string, params: Record<string, unknown> | undefined, language: Language): string {
  const known = issues[code as IssueCode] ?? issues['issue.format']
  return fillText(known[language], spokenParams(params, language))
}

/** The words of the section "Shared", in a file that loads with it; English is what the other languages must have, too. */
const EN = {
  'shared.nothing': 'Nothing has left this device.',
  'shared.budget': 'Privacy budget spent: epsilon {spent} of {limit}, at delta {delta}.',
  'shared.meaning':
    'What contributing in any {days} days may cost at most. Deleting your data does not give it back: what was added up already cannot be taken out.',
  'shared.next': 'Nothing more is contributed before {day}.',
  'shared.weights': 'How {used} of {n} reasons to show a product should weigh, as your lists suggest.',
  'shared.zeros': 'Nothing; zeros were sent, so that nobody can tell who has lists.',
  'shared.queued': 'Waits to be sent.',
  'shared.sent': 'Sent.',
  'shared.dropped': 'Dropped, never sent.',
  'shared.noise':
    'Discrete Gaussian noise of ±{noise} is added to every number of the sum, by each of two aggregators.',
  'shared.noise.here': 'Noise was added on this device.',
  'shared.cost': 'Cost: epsilon {epsilon}, delta {delta}; together {total}.',
  'shared.bytes': 'The numbers, and the {n} bytes as they were sent',
  'shared.to': 'To {hosts}, half to each, readable to neither alone.',
  'shared.log':
    'The shop gets an anonymous note of your answers: what was answered to which text, and the day.',
  'shared.holdout':
    'Your lists stand in the shop’s own order: by a coin on this device you are among those it compares personal lists with. Taking back the permission to measure ends that.',
  'shared.interleaved':
    'Some of your lists mix the shop’s own order with yours, drawn by a coin on this device, to see which is chosen from. Taking back the permission to measure ends that.',
} as const;

export type SharedTexts = Readonly<Record<keyof typeof EN, string>>;

const DE: SharedTexts = {
  'shared.nothing': 'Nichts hat dieses Gerät verlassen.',
  'shared.budget': 'Verbrauchtes Privatsphäre-Budget: Epsilon {spent} von {limit}, bei Delta {delta}.',
  'shared.meaning':
    'So viel darf das Beitragen in {days} Tagen höchstens kosten. Daten zu löschen gibt nichts zurück: Was schon summiert ist, lässt sich nicht herausnehmen.',
  'shared.next': 'Vor dem {day} wird nichts mehr beigetragen.',
  'shared.weights': 'wie {used} von {n} Gründen, ein Produkt zu zeigen, nach Ihren Listen zählen sollten.',
  'shared.zeros': 'nichts; gesendet wurden Nullen, damit niemand sieht, wer Listen hat.',
  'shared.queued': 'Wartet auf das Senden.',
  'shared.sent': 'Gesendet.',
  'shared.dropped': 'Verworfen, nie gesendet.',
  'shared.noise':
    'Jede von zwei Stellen gibt zu jeder Zahl der Summe diskretes Gauß-Rauschen von ±{noise} hinzu.',
  'shared.noise.here': 'Das Rauschen kam auf diesem Gerät hinzu.',
  'shared.cost': 'Kosten: Epsilon {epsilon}, Delta {delta}; zusammen {total}.',
  'shared.bytes': 'Die Zahlen und die {n} Bytes, wie sie gesendet wurden',
  'shared.to': 'An {hosts}, je zur Hälfte, für keine allein lesbar.',
  'shared.log':
    'Der Shop bekommt eine anonyme Notiz Ihrer Antworten: was auf welchen Text geantwortet wurde, und den Tag.',
  'shared.holdout':
    'Ihre Listen stehen in der Reihenfolge des Shops: Eine Münze auf diesem Gerät hat Sie zu denen gelost, mit denen persönliche Listen verglichen werden. Nehmen Sie die Erlaubnis zum Messen zurück, endet das.',
  'shared.interleaved':
    'Manche Listen mischen die Reihenfolge des Shops mit Ihrer, ausgelost auf diesem Gerät, um zu sehen, woraus gewählt wird. Nehmen Sie die Erlaubnis zum Messen zurück, endet das.',
};

const FR: SharedTexts = {
  'shared.nothing': 'Rien n’a quitté cet appareil.',
  'shared.budget': 'Budget de vie privée dépensé : epsilon {spent} sur {limit}, pour un delta de {delta}.',
  'shared.meaning':
    'Voilà ce que contribuer peut coûter au plus en {days} jours. Effacer vos données ne le rend pas : ce qui est déjà additionné ne peut être retiré.',
  'shared.next': 'Rien de plus n’est envoyé avant le {day}.',
  'shared.weights':
    'le poids que devraient avoir {used} des {n} raisons de montrer un produit, d’après vos listes.',
  'shared.zeros': 'rien ; des zéros ont été envoyés, pour que nul ne sache qui a des listes.',
  'shared.queued': 'En attente d’envoi.',
  'shared.sent': 'Envoyé.',
  'shared.dropped': 'Abandonné, jamais envoyé.',
  'shared.noise':
    'Chacun des deux agrégateurs ajoute à chaque nombre de la somme un bruit gaussien discret de ±{noise}.',
  'shared.noise.here': 'Le bruit a été ajouté sur cet appareil.',
  'shared.cost': 'Coût : epsilon {epsilon}, delta {delta} ; en tout {total}.',
  'shared.bytes': 'Les nombres et les {n} octets tels qu’envoyés',
  'shared.to': 'À {hosts}, une moitié chacun, illisible pour un seul.',
  'shared.log': 'La boutique reçoit une note anonyme de vos réponses : la réponse, le texte et le jour.',
  'shared.holdout':
    'Vos listes suivent l’ordre de la boutique : une pièce lancée sur cet appareil vous a mis parmi ceux auxquels on compare les listes personnelles. Retirer l’autorisation de mesurer y met fin.',
  'shared.interleaved':
    'Certaines listes mêlent l’ordre de la boutique et le vôtre, par tirage sur cet appareil, pour voir lequel est choisi. Retirer l’autorisation de mesurer y met fin.',
};

const ES: SharedTexts = {
  'shared.nothing': 'Nada ha salido de este dispositivo.',
  'shared.budget': 'Presupuesto de privacidad gastado: épsilon {spent} de {limit}, con delta {delta}.',
  'shared.meaning':
    'Es lo máximo que contribuir puede costar en {days} días. Borrar sus datos no lo devuelve: lo que ya se sumó no se puede sacar.',
  'shared.next': 'No se aporta nada más antes del {day}.',
  'shared.weights': 'cuánto deberían pesar {used} de {n} razones para mostrar un producto, según sus listas.',
  'shared.zeros': 'nada; se enviaron ceros, para que nadie sepa quién tiene listas.',
  'shared.queued': 'Espera a ser enviado.',
  'shared.sent': 'Enviado.',
  'shared.dropped': 'Descartado, nunca enviado.',
  'shared.noise':
    'Cada uno de los dos agregadores suma a cada número un ruido gaussiano discreto de ±{noise}.',
  'shared.noise.here': 'El ruido se añadió en este dispositivo.',
  'shared.cost': 'Coste: épsilon {epsilon}, delta {delta}; en total {total}.',
  'shared.bytes': 'Los números y los {n} bytes tal como se enviaron',
  'shared.to': 'A {hosts}, la mitad a cada uno, ilegible para uno solo.',
  'shared.log':
    'La tienda recibe una nota anónima de sus respuestas: qué se respondió, a qué texto y el día.',
  'shared.holdout':
    'Sus listas siguen el orden de la tienda: una moneda en este dispositivo le ha puesto entre aquellos con quienes se comparan las listas personales. Retirar el permiso de medir lo termina.',
  'shared.interleaved':
    'Algunas listas mezclan el orden de la tienda con el suyo, por sorteo en este dispositivo, para ver cuál se elige. Retirar el permiso de medir lo termina.',
};

const JA: SharedTexts = {
  'shared.nothing': 'この端末から出たものはありません。',
  'shared.budget': '使用したプライバシー予算：ε {spent}（上限 {limit}、δ {delta}）。',
  'shared.meaning':
    '{days}日間の提供で失われうる上限です。データを消しても戻りません。すでに合計されたものは取り出せないためです。',
  'shared.next': '{day}までは何も提供しません。',
  'shared.weights': '商品を見せる理由{n}個のうち{used}個の重み（あなたの一覧から）。',
  'shared.zeros': '何もありません。一覧の有無が分からないよう、ゼロを送りました。',
  'shared.queued': '送信待ちです。',
  'shared.sent': '送信済みです。',
  'shared.dropped': '破棄しました。送っていません。',
  'shared.noise': '二つの集計者がそれぞれ、合計の各数値に±{noise}の離散ガウス雑音を加えます。',
  'shared.noise.here': '雑音はこの端末で加えました。',
  'shared.cost': '消費：ε {epsilon}、δ {delta}。累計 {total}。',
  'shared.bytes': '数値と、送った{n}バイトそのもの',
  'shared.to': '送り先：{hosts}。半分ずつで、片方だけでは読めません。',
  'shared.log': '店には、どの文面にどう答えたかと日付だけが匿名で届きます。',
  'shared.holdout':
    'あなたの一覧は店の並び順です。この端末のくじで、比較のためのグループに入りました。測定の許可を取り消すと終わります。',
  'shared.interleaved':
    '一部の一覧では、店の順とあなたの順をこの端末のくじで混ぜ、どちらが選ばれるかを比べます。測定の許可を取り消すと終わります。',
};

const AR: SharedTexts = {
  'shared.nothing': 'لم يغادر شيء هذا الجهاز.',
  'shared.budget': 'ميزانية الخصوصية المصروفة: إبسلون {spent} من {limit}، عند دلتا {delta}.',
  'shared.meaning':
    'هذا أقصى ما قد تكلّفه المساهمة في {days} يوماً. حذف بياناتك لا يعيده: ما جُمع لا يمكن إخراجه.',
  'shared.next': 'لا يُرسل شيء آخر قبل {day}.',
  'shared.weights': 'كم يجب أن يزن {used} من {n} سبباً لعرض منتج، بحسب قوائمك.',
  'shared.zeros': 'لا شيء؛ أُرسلت أصفار كي لا يعرف أحد من لديه قوائم.',
  'shared.queued': 'ينتظر الإرسال.',
  'shared.sent': 'أُرسل.',
  'shared.dropped': 'أُلغي ولم يُرسل قط.',
  'shared.noise': 'يضيف كل من مجمِّعين اثنين إلى كل رقم من المجموع ضوضاء غاوسية متقطعة قدرها ±{noise}.',
  'shared.noise.here': 'أضيفت الضوضاء على هذا الجهاز.',
  'shared.cost': 'الكلفة: إبسلون {epsilon}، دلتا {delta}؛ المجموع {total}.',
  'shared.bytes': 'الأرقام والبايتات كما أُرسلت، وعددها {n}',
  'shared.to': 'إلى {hosts}، نصف لكلٍّ، ولا يقرؤه أحدهما وحده.',
  'shared.log': 'يصل المتجر سجل مجهول لإجاباتك: الجواب والنص واليوم.',
  'shared.holdout':
    'قوائمك بترتيب المتجر: قرعة على هذا الجهاز جعلتك ضمن من تُقارن بهم القوائم الشخصية. سحب إذن القياس ينهي ذلك.',
  'shared.interleaved':
    'بعض القوائم تمزج ترتيب المتجر بترتيبك بقرعة على هذا الجهاز لمعرفة أيهما يُختار. سحب إذن القياس ينهي ذلك.',
};

/** By language, as `languageOf` names them. */
export const SHARED_TEXTS: { readonly en: SharedTexts } & Readonly<Record<string, SharedTexts>> = {
  en: EN,
  de: DE,
  fr: FR,
  es: ES,
  ja: JA,
  ar: AR,
};

/** The frame's own words in languages beside English and Japanese: a chunk of their own, for readers of those alone. */
import type { CouponWords } from './coupon.js';
import type { SurveyWords } from './surveyWords.js';

/** By part of the frame. */
export interface MoreWords {
  close: string;
  coupon: CouponWords;
  survey: SurveyWords;
}

/** Those of a language, or of the one it is a kind of; undefined where we have none and readers get English. */
export function moreWords(language: string): MoreWords | undefined {
  const tag = language.toLowerCase();
  if (/^zh-(hant|tw|hk|mo)\b/.test(tag)) return WORDS['zh-hant'];
  return WORDS[tag.split('-')[0]!];
}

const WORDS: { [language: string]: MoreWords } = {
  ar: {
    close: 'إغلاق',
    coupon: { copy: 'نسخ', copied: 'تم النسخ', copyFailed: 'حدّد الرمز وانسخه.' },
    survey: {
      close: 'إغلاق',
      next: 'التالي',
      back: 'السابق',
      send: 'إرسال',
      optional: 'اختياري',
      requiredChoice: 'اختر إجابة من فضلك.',
      requiredText: 'اكتب إجابة من فضلك.',
      tooLong: (most) => `اجعلها ${most} حرفًا على الأكثر.`,
      step: (at, of) => `الخطوة ${at} من ${of}`,
      score: (value, of) => `${value} من ${of}`,
      choose: 'اختر',
      up: 'نعم',
      down: 'لا',
      refused: {
        date: 'اختر يومًا من الأيام المتاحة.',
        email: 'اكتب عنوانًا مثل name@example.com.',
        other: 'راجع ما كتبته من فضلك.',
      },
    },
  },
  de: {
    close: 'Schließen',
    coupon: { copy: 'Kopieren', copied: 'Kopiert', copyFailed: 'Bitte den Code markieren und kopieren.' },
    survey: {
      close: 'Schließen',
      next: 'Weiter',
      back: 'Zurück',
      send: 'Absenden',
      optional: 'freiwillig',
      requiredChoice: 'Bitte wählen Sie eine Antwort.',
      requiredText: 'Bitte schreiben Sie eine Antwort.',
      tooLong: (most) => `Bitte höchstens ${most} Zeichen.`,
      step: (at, of) => `Schritt ${at} von ${of}`,
      score: (value, of) => `${value} von ${of}`,
      choose: 'Bitte wählen',
      up: 'Ja',
      down: 'Nein',
      refused: {
        date: 'Bitte wählen Sie einen möglichen Tag.',
        email: 'Bitte geben Sie eine Adresse wie name@example.com ein.',
        other: 'Bitte prüfen Sie Ihre Eingabe.',
      },
    },
  },
  es: {
    close: 'Cerrar',
    coupon: { copy: 'Copiar', copied: 'Copiado', copyFailed: 'Seleccione el código y cópielo.' },
    survey: {
      close: 'Cerrar',
      next: 'Siguiente',
      back: 'Atrás',
      send: 'Enviar',
      optional: 'opcional',
      requiredChoice: 'Elija una respuesta.',
      requiredText: 'Escriba una respuesta.',
      tooLong: (most) => `Escriba ${most} caracteres como máximo.`,
      step: (at, of) => `Paso ${at} de ${of}`,
      score: (value, of) => `${value} de ${of}`,
      choose: 'Elija una opción',
      up: 'Sí',
      down: 'No',
      refused: {
        date: 'Elija uno de los días posibles.',
        email: 'Escriba una dirección como name@example.com.',
        other: 'Revise lo que ha escrito.',
      },
    },
  },
  fr: {
    close: 'Fermer',
    coupon: { copy: 'Copier', copied: 'Copié', copyFailed: 'Sélectionnez le code et copiez-le.' },
    survey: {
      close: 'Fermer',
      next: 'Suivant',
      back: 'Retour',
      send: 'Envoyer',
      optional: 'facultatif',
      requiredChoice: 'Choisissez une réponse.',
      requiredText: 'Écrivez une réponse.',
      tooLong: (most) => `${most} caractères au plus, s’il vous plaît.`,
      step: (at, of) => `Étape ${at} sur ${of}`,
      score: (value, of) => `${value} sur ${of}`,
      choose: 'Choisissez',
      up: 'Oui',
      down: 'Non',
      refused: {
        date: 'Choisissez un des jours possibles.',
        email: 'Saisissez une adresse comme name@example.com.',
        other: 'Vérifiez votre saisie.',
      },
    },
  },
  it: {
    close: 'Chiudi',
    coupon: { copy: 'Copia', copied: 'Copiato', copyFailed: 'Seleziona il codice e copialo.' },
    survey: {
      close: 'Chiudi',
      next: 'Avanti',
      back: 'Indietro',
      send: 'Invia',
      optional: 'facoltativo',
      requiredChoice: 'Scegli una risposta.',
      requiredText: 'Scrivi una risposta.',
      tooLong: (most) => `Al massimo ${most} caratteri.`,
      step: (at, of) => `Passo ${at} di ${of}`,
      score: (value, of) => `${value} su ${of}`,
      choose: 'Scegli',
      up: 'Sì',
      down: 'No',
      refused: {
        date: 'Scegli uno dei giorni possibili.',
        email: 'Scrivi un indirizzo come name@example.com.',
        other: 'Controlla quello che hai scritto.',
      },
    },
  },
  ko: {
    close: '닫기',
    coupon: { copy: '복사', copied: '복사했습니다', copyFailed: '코드를 선택해 복사해 주세요.' },
    survey: {
      close: '닫기',
      next: '다음',
      back: '이전',
      send: '보내기',
      optional: '선택',
      requiredChoice: '답변을 선택해 주세요.',
      requiredText: '답변을 입력해 주세요.',
      tooLong: (most) => `${most}자 이내로 입력해 주세요.`,
      step: (at, of) => `${of}단계 중 ${at}단계`,
      score: (value, of) => `${of}점 중 ${value}점`,
      choose: '선택해 주세요',
      up: '예',
      down: '아니요',
      refused: {
        date: '선택할 수 있는 날짜를 골라 주세요.',
        email: 'name@example.com 형식으로 입력해 주세요.',
        other: '입력하신 내용을 확인해 주세요.',
      },
    },
  },
  pt: {
    close: 'Fechar',
    coupon: { copy: 'Copiar', copied: 'Copiado', copyFailed: 'Selecione o código e copie-o.' },
    survey: {
      close: 'Fechar',
      next: 'Avançar',
      back: 'Voltar',
      send: 'Enviar',
      optional: 'opcional',
      requiredChoice: 'Escolha uma resposta.',
      requiredText: 'Escreva uma resposta.',
      tooLong: (most) => `No máximo ${most} caracteres.`,
      step: (at, of) => `Passo ${at} de ${of}`,
      score: (value, of) => `${value} de ${of}`,
      choose: 'Escolha',
      up: 'Sim',
      down: 'Não',
      refused: {
        date: 'Escolha um dos dias possíveis.',
        email: 'Escreva um endereço como name@example.com.',
        other: 'Confira o que escreveu.',
      },
    },
  },
  zh: {
    close: '关闭',
    coupon: { copy: '复制', copied: '已复制', copyFailed: '请选中代码并复制。' },
    survey: {
      close: '关闭',
      next: '下一步',
      back: '上一步',
      send: '提交',
      optional: '选填',
      requiredChoice: '请选择一个答案。',
      requiredText: '请填写答案。',
      tooLong: (most) => `请不要超过${most}个字。`,
      step: (at, of) => `第${at}步，共${of}步`,
      score: (value, of) => `${of}分中的${value}分`,
      choose: '请选择',
      up: '是',
      down: '否',
      refused: {
        date: '请选择可选的日期。',
        email: '请按 name@example.com 的格式填写。',
        other: '请检查您填写的内容。',
      },
    },
  },
  'zh-hant': {
    close: '關閉',
    coupon: { copy: '複製', copied: '已複製', copyFailed: '請選取代碼並複製。' },
    survey: {
      close: '關閉',
      next: '下一步',
      back: '上一步',
      send: '送出',
      optional: '選填',
      requiredChoice: '請選擇一個答案。',
      requiredText: '請填寫答案。',
      tooLong: (most) => `請不要超過${most}個字。`,
      step: (at, of) => `第${at}步，共${of}步`,
      score: (value, of) => `${of}分中的${value}分`,
      choose: '請選擇',
      up: '是',
      down: '否',
      refused: {
        date: '請選擇可選的日期。',
        email: '請依 name@example.com 的格式填寫。',
        other: '請檢查您填寫的內容。',
      },
    },
  },
};

/**
 * A plain card as PNG, base64: the European profile demands an image of the credential, and every viewer of ours draws
 * the credential from its data instead.
 */
export const cardImageBase64 =
  'iVBORw0KGgoAAAANSUhEUgAAADwAAABUAQMAAADklcYGAAAABlBMVEX///8AM5koep2uAAAAMElEQVR42mP4' +
  'DwEfGOCMAwxgYEAxwx5k3gH8DGrZhcf2YaZr4BlwN9OBQQU3Y6RwAIj7p3G+dHL0AAAAAElFTkSuQmCC'

/** Endings of file names that say that a cell names a picture. */
export const pictureEnding = /\.(png|jpe?g|jfif|bmp|tiff?|gif|webp)$/i;

/** Pixels of the longest side that any screen of the page needs. */
const LONGEST = 1_600;
const QUALITY = 0.82;

/**
 * Draws a picture anew, no larger than the page needs, and so without anything hidden in its file; base64.
 * Throws when the browser cannot read it.
 */
export async function encodePicture(file: Blob): Promise<string> {
  const drawn = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(drawn.width * scale);
  canvas.height = Math.round(drawn.height * scale);
  canvas.getContext('2d')?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  drawn.close();
  // A browser that cannot write WebP gives a PNG instead, which may be heavy: then a JPEG.
  const webp = await written(canvas, 'image/webp');
  const blob = webp.type === 'image/webp' ? webp : await written(canvas, 'image/jpeg');
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return btoa(text);
}

function written(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('not drawn')) : resolve(blob)),
      type,
      QUALITY,
    );
  });
}

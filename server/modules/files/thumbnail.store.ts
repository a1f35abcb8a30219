// Small pictures of pictures: upright, without place, time or camera, in bounded memory and time.

export interface PictureLimits { /** Width times height of the original. */ pixels: number; /** The long side of the small one. */ side: number; seconds: number }
/** A JPEG no larger than `side`; throws for what cannot be read, has more pixels than allowed, or takes too long. */
export async function smallPicture(path: string, { pixels, side, seconds }: PictureLimits): Promise<Buffer> {
  // Loaded when first needed: most processes never see a picture.
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  // Turned as the camera said; everything else that the original says is left behind.
  return sharp(path, { limitInputPixels: pixels, failOn: 'error', sequentialRead: true, animated: false }).timeout({ seconds }).rotate()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true }).flatten({ background: '#ffffff' }).jpeg({ quality: 76, mozjpeg: false }).toBuffer()
}

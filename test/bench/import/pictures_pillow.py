"""Decodes and resizes what stdin names, a JSON list [file, side] a line, and answers the CPU seconds of each."""
import json
import sys
import time

from PIL import Image, __version__

Image.MAX_IMAGE_PIXELS = None
print(json.dumps(f"Pillow {__version__}"), flush=True)
for line in sys.stdin:
    file, side = json.loads(line)
    began = time.process_time()
    image = Image.open(file)
    image.draft("RGB", (side, side))
    image.convert("RGB").resize((side, side), Image.LANCZOS).tobytes()
    print(json.dumps(time.process_time() - began), flush=True)

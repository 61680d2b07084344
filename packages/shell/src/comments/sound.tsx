"use client";
import { useEffect, useState } from "react";
import { useTranslations } from "../intl";

const KEY = "mgs:comment-sound";
const CHANGED = "mgs:comment-sound-changed";
const FREQUENCY_HZ = 660;
const LENGTH_SECONDS = 0.18;
const VOLUME = 0.06;

/** Whether a comment of somebody else is heard in this browser: not until its person asks for it. */
export function isSoundOn(): boolean {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    // A browser that stores nothing stays quiet.
    return false;
  }
}

/** Plays the sound of a new comment, where it is asked for. A page that nobody has touched yet may be refused it by the browser. */
export function playCommentSound(): void {
  if (!isSoundOn() || typeof AudioContext === "undefined") return;
  const context = new AudioContext();
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = FREQUENCY_HZ;
  volume.gain.setValueAtTime(VOLUME, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + LENGTH_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.addEventListener("ended", () => void context.close());
  tone.start();
  tone.stop(context.currentTime + LENGTH_SECONDS);
}

/** Lets a person hear new comments in this browser. */
export function SoundSwitch() {
  const t = useTranslations("comments");
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const read = () => setOn(isSoundOn());
    read();
    // Another panel of the page has one as well.
    window.addEventListener(CHANGED, read);
    return () => window.removeEventListener(CHANGED, read);
  }, []);

  function choose(on: boolean): void {
    try {
      if (on) localStorage.setItem(KEY, "on");
      else localStorage.removeItem(KEY);
    } catch {
      // It stays as it was.
    }
    window.dispatchEvent(new Event(CHANGED));
    // It is also how it sounds.
    if (on) playCommentSound();
  }

  return (
    <label className="flex min-h-control-sm items-center gap-2 justify-self-start text-muted text-xs pointer-coarse:min-h-11">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ target }) => choose(target.checked)}
        className="size-4 shrink-0 accent-accent"
      />
      {t("sound")}
    </label>
  );
}

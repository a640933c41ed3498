/** State of the dialog "who is working": the button with the initials opens it, and every control that needs a name. */
class People {
  asking = $state(false);
}

export const people = new People();

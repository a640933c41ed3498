/** Whether the window asks who is working: the round button does, and every control that needs a name. */
class People {
  asking = $state(false);
}

export const people = new People();

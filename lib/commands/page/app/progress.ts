/** Shows how far the network is unpacked; gives what tells the share. 1 takes it away. */
export function showProgress(): (share: number) => void {
  const line = document.getElementById("loading")!;
  const bar = line.querySelector("progress")!;
  return (share) => {
    bar.value = share;
    line.hidden = share >= 1;
  };
}

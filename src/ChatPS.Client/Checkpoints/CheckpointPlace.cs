using System.Runtime.InteropServices;

namespace ChatPS.Client.Checkpoints;

/// <summary>Where a line lies in the file. Kept for every stored answer, so it is small.</summary>
/// <param name="Offset">Of its first byte.</param>
/// <param name="Length">In bytes, without the line end.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CheckpointPlace(long Offset, int Length);

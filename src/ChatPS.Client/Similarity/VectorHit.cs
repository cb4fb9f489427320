using System.Runtime.InteropServices;

namespace ChatPS.Client.Similarity;

/// <summary>What a search found.</summary>
/// <param name="Block">The block, from 0.</param>
/// <param name="Row">The vector's place in it, from 0.</param>
/// <param name="Score">Its score.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VectorHit(int Block, int Row, double Score);

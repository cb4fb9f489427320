using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
#if NET8_0_OR_GREATER
using System.Runtime.Intrinsics.X86;
#endif

namespace ChatPS.Client.Similarity;

/// <summary>Asks the memory for what is wanted next. The processor guesses it as well, but only up to the end of a page.</summary>
internal static class ReadAhead
{
    private const int Line = 64;
    private const int Distance = 4096;

    /// <summary>Asks for what lies some way behind a row, as much as the row has.</summary>
    /// <typeparam name="T">What the row consists of.</typeparam>
    /// <param name="row">The row. What lies behind it is not touched, and need not be there.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Behind<T>(ReadOnlySpan<T> row)
        where T : unmanaged
    {
#if NET8_0_OR_GREATER
        if (Sse.IsSupported)
        {
            byte* start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(row)) + Distance;
            for (int i = 0; i < row.Length * sizeof(T); i += Line)
            {
                Sse.Prefetch0(start + i);
            }
        }
#endif
    }
}

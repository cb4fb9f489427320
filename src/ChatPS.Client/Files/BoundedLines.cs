using System.Text;

namespace ChatPS.Client.Files;

/// <summary>Reads lines of which none can fill the memory.</summary>
internal static class BoundedLines
{
    /// <summary>Reads them.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="most">How many characters a line may have.</param>
    /// <returns>The lines without their ends, one after the other; of a line that is too long, an empty one.</returns>
    public static IEnumerable<string> Read(TextReader reader, int most)
    {
        StringBuilder line = new();
        bool isTooLong = false;
        bool isBegun = false;
        char[] buffer = new char[4096];
        for (int read; (read = reader.Read(buffer, 0, buffer.Length)) > 0;)
        {
            for (int start = 0; start < read;)
            {
                int end = Array.IndexOf(buffer, '\n', start, read - start);
                int length = (end < 0 ? read : end) - start;
                isBegun = true;
                isTooLong |= line.Length + length > most;
                if (!isTooLong)
                {
                    line.Append(buffer, start, length);
                }

                start += length + 1;
                if (end >= 0)
                {
                    yield return isTooLong ? "" : line.ToString().TrimEnd('\r');
                    line.Clear();
                    isTooLong = isBegun = false;
                }
            }
        }

        if (isBegun)
        {
            yield return isTooLong ? "" : line.ToString();
        }
    }
}

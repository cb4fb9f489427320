using System.Text;
using ChatPS.Client.Checkpoints;

namespace ChatPS.Client.Tests.Checkpoints;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("tail")]
    public void Read_ALineThatIsTooLong_IsPassedOverWithItsPlace(string end)
    {
        string text = "first\n" + new string('x', 100) + "\nsecond\n" + new string('y', 33) + "\n" + new string('z', 32) + "\nlast" + end;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        LineReader reader = new(new MemoryStream(bytes), longestLine: 32);
        List<string> lines = [];
        while (reader.Read())
        {
            int length = (int)(reader.Next - reader.Offset) - (reader.IsEnded ? 1 : 0);
            lines.Add(Encoding.UTF8.GetString(bytes, (int)reader.Offset, length));
            Assert.Equal(length >= 32, reader.IsTooLong);
            Assert.Equal(reader.IsTooLong ? "" : lines[^1], Encoding.UTF8.GetString(reader.Line));
        }

        Assert.Equal(text.TrimEnd('\n').Split('\n'), lines);
        Assert.Equal(bytes.Length, reader.Next);
    }
}

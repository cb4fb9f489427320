using ChatPS.Client.Files;
using ChatPS.Client.Speech;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Speech;

public sealed class SubtitlesTests
{
    private static readonly Gen<string> Texts = Gen.Elements(
            "1", "\n", "\r\n", "\n\n", "00:00:01,500", "00:01.000", " --> ", "-->", "99999999999999999999:00:00", "99999999:00:00,000", "aa:bb", "-1:00:00,000", "1e9:00", "NaN:00", "WEBVTT", "Hello", ":", ",", "\0", "\ud83d", "NOTE", "\t", "٣:٠٠")
        .Several(0, 40).Select(string.Concat);

    [Fact]
    public void Read_AnyText_DoesNotThrow() => Check.QuickThrowOnFailure(Prop.ForAll(Texts.ToArbitrary(), text =>
        Subtitles.Read(text).All(segment => segment.Start >= TimeSpan.Zero && segment.End >= TimeSpan.Zero && segment.End < TimeSpan.FromHours(10_000))));

    [Fact]
    public void Write_SegmentsWithoutTimes_StandWhereTheOnesBeforeEnded()
    {
        ChatTranscriptSegment[] segments = [new() { Text = "One." }, new() { Start = TimeSpan.FromSeconds(1), End = TimeSpan.FromSeconds(2), Text = "Two." }, new() { Text = "Three." }];

        Assert.Equal([0.0, 1, 2], Subtitles.Read(Subtitles.ToSrt(segments)).Select(segment => segment.Start!.Value.TotalSeconds));
    }

    [Fact]
    public void Write_Segments_AreReadBack()
    {
        ChatTranscriptSegment[] segments =
        [
            new() { Start = TimeSpan.FromMilliseconds(1500), End = TimeSpan.FromHours(30), Text = " One. " },
            new() { Start = TimeSpan.FromHours(30), End = TimeSpan.FromHours(31), Text = "Two." },
        ];

        Assert.Equal("1\n00:00:01,500 --> 30:00:00,000\nOne.\n\n2\n30:00:00,000 --> 31:00:00,000\nTwo.\n\n", Subtitles.ToSrt(segments));
        Assert.All([Subtitles.ToSrt(segments), Subtitles.ToVtt(segments)], text => Assert.Equal(
            [(segments[0].Start, segments[0].End, "One."), (segments[1].Start, segments[1].End, "Two.")], Subtitles.Read(text).Select(segment => (segment.Start, segment.End, segment.Text))));
    }

    [Fact]
    public void WaveFile_AnyBytes_AreReadOrNone() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements<byte[]>("RIFF"u8.ToArray(), "WAVE"u8.ToArray(), "fmt "u8.ToArray(), "data"u8.ToArray(), [0, 0, 0, 0], [16, 0, 0, 0], [255, 255, 255, 255], [1], new byte[16]).Several(0, 12).Select(parts => parts.SelectMany(part => part).ToArray()).ToArbitrary(),
        bytes =>
        {
            using MemoryStream stream = new(bytes);
            return WaveFile.Read(stream) is not { } wave || (wave.Offset + wave.Length <= bytes.Length && wave.BlockSize > 0);
        }));
}

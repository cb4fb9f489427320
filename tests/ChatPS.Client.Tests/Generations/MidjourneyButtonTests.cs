using System.Text.Json;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

public sealed class MidjourneyButtonTests
{
    [Theory]
    [InlineData("U1", "", "Upscale1", "U1")]
    [InlineData("v4", "", "Vary4", "v4")]
    [InlineData("", "🔄", "Reroll", "🔄")]
    [InlineData("", "⬅️", "PanLeft", "⬅️")]
    [InlineData("", "❤️", "Favorite", "❤️")]
    [InlineData("Vary (Region)", "🖌️", "VaryRegion", "Vary (Region)")]
    [InlineData("Zoom Out 1.5x", "🔍", "ZoomOut15x", "Zoom Out 1.5x")]
    [InlineData("zoom out 2x", "🔍", "ZoomOut2x", "zoom out 2x")]
    [InlineData("Animate (High motion)", "", "AnimateHighMotion", "Animate (High motion)")]
    [InlineData("", "🦊", "MJ::JOB::x", "🦊")]
    [InlineData("", "", "MJ::JOB::x", null)]
    public void Read_Button_GetsTheNameThatPeopleKnow(string label, string emoji, string name, string? shown)
    {
        ChatGenerationAction action = MidjourneyButton.Read(JsonSerializer.SerializeToElement(new { customId = "MJ::JOB::x", label, emoji, type = 2 }))!;

        Assert.Equal((name, shown, "MJ::JOB::x"), (action.Name, action.Label, action.CustomId));
    }

    [Theory]
    [InlineData("""{"label":"U1"}""")]
    [InlineData("""{"customId":null,"label":"U1"}""")]
    [InlineData("\"U1\"")]
    public void Read_ButtonWithoutId_CannotBePressed(string json) => Assert.Null(MidjourneyButton.Read(JsonDocument.Parse(json).RootElement));
}

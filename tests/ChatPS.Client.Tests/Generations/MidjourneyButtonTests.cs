using System.Text.Json;
using ChatPS.Client.Generations;
using FsCheck;
using FsCheck.Fluent;

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
    [InlineData("", "🦊", "Button1", "🦊")]
    [InlineData("\u001b[31m", "", "Button1", "\u001b[31m")]
    [InlineData("Seed", "", "Seed-2", "Seed")]
    [InlineData("modal", "", "Modal-2", "modal")]
    [InlineData("", "", "Button1", null)]
    public void Read_Button_GetsTheNameThatPeopleKnow(string label, string emoji, string name, string? shown)
    {
        ChatGenerationAction action = Assert.Single(Read(new { customId = "MJ::JOB::x", label, emoji, type = 2 }));

        Assert.Equal((name, shown, "MJ::JOB::x"), (action.Name, action.Label, action.CustomId));
    }

    [Fact]
    public void Read_ButtonsOfOneName_CanEachBePressed() => Assert.Equal(
        ["Upscale1 a", "Upscale1-2 b", "Button3 c", "Upscale1-3 d"],
        Read(new { customId = "a", label = "U1" }, new { customId = "b", label = "u1" }, new { customId = "c", label = "\u001b]0;x\u0007" }, new { customId = "d", label = "Upscale1" }).Select(action => $"{action.Name} {action.CustomId}"));

    [Fact]
    public void Read_AnyLabel_MakesANameOfLettersAndDigits() => Check.QuickThrowOnFailure(Prop.ForAll<string?[]>(labels =>
    {
        IReadOnlyList<ChatGenerationAction> actions = Read([.. labels.Select(label => (object)new { customId = "x", label })]);

        Assert.Equal(actions.Count, actions.Select(action => action.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(actions, action => Assert.Matches("^[A-Za-z0-9]{1,60}(-[0-9]+)?$", action.Name));
    }));

    [Theory]
    [InlineData("""{"customId":{"a":1},"label":"U1"}""")]
    [InlineData("""{"label":"U1"}""")]
    [InlineData("""{"customId":null,"label":"U1"}""")]
    [InlineData("\"U1\"")]
    public void Read_ButtonWithoutId_CannotBePressed(string json) => Assert.Empty(MidjourneyButton.Read([JsonDocument.Parse(json).RootElement], []));

    private static IReadOnlyList<ChatGenerationAction> Read(params object[] buttons) => MidjourneyButton.Read(buttons.Select(button => JsonSerializer.SerializeToElement(button)), ["Seed", "Modal"]);
}

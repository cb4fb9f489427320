using System.Management.Automation;
using System.Security;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Conversion;

namespace ChatPS.Tests;

public sealed class ConversionTests
{
    [Theory]
    [InlineData(0.25, 250)]
    [InlineData(1, 1000)]
    [InlineData(604800, 604800000)]
    public void ToTimeSpan_SecondsInRange_AreTaken(double seconds, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Seconds.ToTimeSpan(seconds, "-TimeoutSec"));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(604801)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ToTimeSpan_SecondsOutOfRange_NameTheParameter(double seconds)
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => Seconds.ToTimeSpan(seconds, "-TimeoutSec"));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.StartsWith("-TimeoutSec", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ServiceForms_ShortForm_BecomesTheServices()
    {
        Assert.Equal("""{"type":"json_object"}""", Json(ServiceForms.ResponseFormat("json_object")));
        Assert.Equal("\"required\"", Json(ServiceForms.ToolChoice("required", null)));
        Assert.Equal("""{"type":"function","function":{"name":"f"}}""", Json(ServiceForms.ToolChoice("f", null)));
        object custom = new Dictionary<string, object?> { ["type"] = "custom", ["custom"] = new Dictionary<string, object?> { ["name"] = "c" } };
        Assert.Equal("""{"type":"custom","custom":{"name":"c"}}""", Json(ServiceForms.ToolChoice("c", [custom])));
        Assert.Equal("\"none\"", Json(ServiceForms.FunctionCall("none")));
        Assert.Equal("""{"name":"f"}""", Json(ServiceForms.FunctionCall("f")));
        Assert.Equal("""{"type":"content","content":"x"}""", Json(ServiceForms.Prediction("x")));
    }

    [Fact]
    public void ServiceForms_LongFormOrNothing_StaysAsItIs()
    {
        object value = new Dictionary<string, object?>();

        Assert.All(
            new Func<object?, object?>[] { ServiceForms.ResponseFormat, choice => ServiceForms.ToolChoice(choice, null), ServiceForms.FunctionCall, ServiceForms.Prediction },
            form =>
            {
                Assert.Same(value, form(value));
                Assert.Null(form(null));
            });
    }

    [Fact]
    public void SecretTransformation_Text_BecomesASecureString()
    {
        SecureString secret = Assert.IsType<SecureString>(new SecretTransformationAttribute().Transform(null!, "sk-test-1"));

        Assert.True(secret.IsReadOnly());
        Assert.Equal("sk-test-1", new System.Net.NetworkCredential("", secret).Password);
        Assert.Same(secret, new SecretTransformationAttribute().Transform(null!, secret));
        Assert.Null(new SecretTransformationAttribute().Transform(null!, null));
    }

    [Fact]
    public void SecretTransformation_AnythingElse_IsRefused() =>
        Assert.Throws<ArgumentTransformationMetadataException>(() => new SecretTransformationAttribute().Transform(null!, 7));

    private static string Json(object? value) => PlainJson.Write(value, "test");
}

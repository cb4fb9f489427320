namespace ChatPS.Client.Calls;

/// <summary>Permission for one attempt to start, with the tokens that it is estimated to use. Times are seconds of the pacer's clock.</summary>
internal sealed class Turn(Pacer pacer, int inputTokens, double outputTokens)
{
    public double InputTokens { get; } = inputTokens;

    /// <summary>Gets the tokens of input and answer, as estimated at the start.</summary>
    public double Tokens { get; } = inputTokens + outputTokens;

    public double Started { get; set; }

    /// <summary>Gets or sets whether the service refused it because there were too many.</summary>
    public bool WasRefused { get; set; }

    /// <summary>Puts what the service counted in place of the estimate.</summary>
    /// <param name="inputTokens">Tokens of the prompt.</param>
    /// <param name="outputTokens">Tokens of the answer.</param>
    public void Settle(int inputTokens, int outputTokens) => pacer.Settle(this, inputTokens, outputTokens);
}

BeforeDiscovery {
    $walks = foreach ($dialect in 'OpenAI', 'Responses', 'AzureOpenAI', 'Anthropic', 'Gemini', 'Envelope') {
        foreach ($command in 'Invoke-ChatCompletion', 'Invoke-ChatTextCompletion', 'Measure-ChatToken', 'Test-ChatModeration', 'Get-ChatEmbedding') {
            @{ Dialect = $dialect; Command = $command }
        }
    }

    $commands = 'Invoke-ChatCompletion', 'Invoke-ChatTextCompletion', 'Measure-ChatToken', 'Test-ChatModeration', 'Get-ChatEmbedding'
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/samples.ps1

    # What the items are, what says it in another way, what is done with an answer, and how a run is carried out.
    $apart = @(
        'Prompt', 'InputObject', 'Property', 'FromRow', 'Message', 'Aggregate', 'Session', 'PromptFile', 'Variable'
        'RepairAttempt', 'KeepCompletion', 'Merge', 'Quiet', 'Stream', 'Show', 'AudioPath', 'NoClobber'
        'AllowTool', 'ToolApproval', 'MaxToolRound', 'MaxToolCall', 'FallbackModel', 'FallbackOn', 'FallbackConnection', 'BatchSize', 'PriceTable', 'MaxTotalToken', 'MaxCost'
        'Connection', 'TimeoutSec', 'MaxRetry', 'ThrottleLimit', 'MaxFailure', 'AsCompleted', 'AsJob', 'AsBatch', 'BatchPath', 'CheckpointPath', 'CheckpointMode', 'WhatIf', 'Confirm'
    )

    # The requests of a command, each as one text, and its failure.
    function Get-Sent([string] $Command, [hashtable] $Arguments) {
        $before = @(Get-TestRequest).Count
        $failure = @(Get-Failure { & $Command 'hi' @Arguments })[0]
        $sent = @(Get-TestRequest | Select-Object -Skip $before | ForEach-Object { $_.Path, $_.Query, $_.Headers['x-vendor'], $_.Body -join "`n" })
        @{ Sent = $sent; Failure = $failure }
    }
}

AfterAll {
    Clear-Test
}

Describe 'The parameters of <Command>' -ForEach @($commands | ForEach-Object { @{ Command = $_ } }) {
    It 'are all among these tests' {
        $common = [Management.Automation.PSCmdlet]::CommonParameters
        (Get-Command $Command).Parameters.Keys | Where-Object { $_ -notin ($common + $apart + $samples[$Command].Parameter) } | Should -BeNullOrEmpty
    }
}

Describe '<Command> in the dialect <Dialect>' -ForEach $walks {
    It 'sends each parameter, or refuses it by its name before anything is sent' {
        $null = Connect-ChatService -Sandbox -Name Test -Dialect $Dialect -Model sandbox-mini -MaxRetry 0 -TimeoutSec 30
        $streams = $Dialect -ne 'Envelope'
        $whole = Get-Sent $Command @{}
        if (-not $whole.Sent -and -not $whole.Failure) {
            # Where the service has no such endpoint, the command does it without one, and says so.
            $Command | Should -Be 'Measure-ChatToken'
            return
        }

        $dropped = foreach ($sample in $samples[$Command]) {
            $beside = if ($sample.With -and ($streams -or -not $sample.With.Stream)) { $sample.With } else { @{} }
            $with = Get-Sent $Command ($beside + @{ $sample.Parameter = $sample.Value })
            if (-not $with.Sent) {
                # A dialect without such an endpoint refuses the command as a whole.
                $isNamed = "$($with.Failure)" -like "*-$($sample.Parameter)*" -or (-not $whole.Sent -and "$($with.Failure)" -eq "$($whole.Failure)")
                if ($with.Failure.FullyQualifiedErrorId -notlike 'InvalidRequest*' -or -not $isNamed) { "-$($sample.Parameter): $($with.Failure)" }
            }
            elseif ($with.Sent[0] -ceq (Get-Sent $Command $beside).Sent[0]) {
                "-$($sample.Parameter)"
            }
        }
        $dropped | Should -BeNullOrEmpty
    }
}

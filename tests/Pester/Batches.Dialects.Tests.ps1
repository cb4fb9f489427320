BeforeAll {
    . $PSScriptRoot/common.ps1

    $prices = @{ 'sandbox-*' = @{ Input = 4; Output = 8 } }

    # All vendors are in one sandbox; Azure's resource has no folder.
    function Connect-Dialect([string] $Dialect) {
        $uri = (Start-ChatSandbox Test).BaseUri
        $address = if ($Dialect -eq 'AzureOpenAI') { "http://127.0.0.1:$($uri.Port)" } else { $uri }
        Connect-ChatService $address -Name Test -Dialect $Dialect -Model sandbox-mini -ApiKey sk-test-batch -MaxRetry 0 -TimeoutSec 30 -PriceTable $prices
    }
}

AfterAll {
    Clear-Test
}

Describe 'Batches in the dialect <_>' -ForEach 'OpenAI', 'Responses', 'AzureOpenAI', 'Anthropic', 'Gemini' {
    BeforeAll {
        $dialect = $_
    }

    BeforeEach {
        Connect-Dialect $dialect
        Clear-ChatUsage
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
    }

    It 'give the answers of live calls, with their input, in its order' {
        $rows = 1..5 | ForEach-Object { [pscustomobject]@{ Id = $_; Text = "town $_" } }
        $live = $rows | Invoke-ChatCompletion 'Say' -Property Text
        $batch = $rows | Start-ChatBatch 'Say' -Property Text -Path $path -PartLimit 2
        $batch.Parts.Total | Should -Be 2, 2, 1
        $done = $batch | Wait-ChatBatch
        $done.Status | Should -Be Completed
        $done.Completed | Should -Be 5
        $answers = $done | Receive-ChatBatch
        $answers.Text | Should -Be $live.Text
        $answers.Input.Id | Should -Be (1..5)
        $answers.Index | Should -Be (0..4)
        $answers.Usage.TotalTokens | Should -Be $live.Usage.TotalTokens
    }

    It 'give what failed as an error of its item, and ask again for what may go better' {
        $null = 'one', 'two [fail]', 'three [expire]', 'four' | Start-ChatBatch -Path $path | Wait-ChatBatch
        $answers = Receive-ChatBatch $path -ErrorVariable failures -ErrorAction SilentlyContinue
        $answers.Input | Should -Be 'one', 'four'
        $failures.TargetObject | Should -Be 'two [fail]', 'three [expire]'
        $again = Start-ChatBatch -Path $path -RetryFailed -WarningAction SilentlyContinue
        $again.Parts.Total | Should -Be 4, 1
        (Receive-ChatBatch $path -Wait -ErrorAction SilentlyContinue).Input | Should -Be 'one', 'four'
    }

    It 'enter tokens and cost once, at the prices of a batch' {
        $null = 'one', 'two' | Start-ChatBatch -Path $path | Wait-ChatBatch
        $answers = Receive-ChatBatch $path
        $answers[0].Cost | Should -Be ((2 * $answers[0].Usage.InputTokens + 4 * $answers[0].Usage.OutputTokens) / 1e6)
        $null = Receive-ChatBatch $path
        $total = Get-ChatUsage -Model sandbox-*
        $total.Requests | Should -Be 2
        $total.Cost | Should -Be ($answers | Measure-Object Cost -Sum).Sum
    }

    It 'are listed, and stopped' {
        $batch = 'one [slow]', 'two' | Start-ChatBatch -Path $path
        (Get-ChatBatch -All).Id | Should -Contain $batch.Parts[0].Id
        (Get-ChatBatch $path).IsDone | Should -BeFalse
        $null = Stop-ChatBatch $path -Confirm:$false
        (Wait-ChatBatch $path).Status | Should -Be Cancelled
    }
}

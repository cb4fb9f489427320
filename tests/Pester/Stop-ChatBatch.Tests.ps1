BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Stop-ChatBatch' {
    It 'stops nothing with -WhatIf, and all parts without it' {
        Connect-TestSandbox
        $batch = 'Riga' | Start-ChatBatch -Path "$TestDrive/stop.json" -Force
        $batch | Stop-ChatBatch -WhatIf
        ($batch | Get-ChatBatch).Status | Should -Not -BeIn 'Cancelling', 'Cancelled'
        ($batch | Stop-ChatBatch -PassThru).Status | Should -BeIn 'Cancelling', 'Cancelled', 'Completed'
    }
}
